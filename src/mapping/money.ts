import type { Fields } from '../events/index.ts';
import type { Rates } from './rates.ts';
import type { Value } from './value.ts';

/** Which field holds an amount in the home currency. */
const HOME: readonly (readonly [amount: string, home: string])[] = [['amount', 'amount_home'], ['spend', 'spend_home']];

/** The fields that the mapped ones get beside them where the client has a home currency. */
export const homeFields = (fields: Readonly<Record<string, unknown>>, { home }: Rates): string[] =>
  home === undefined ? [] : HOME.flatMap(([amount, inHome]) => (Object.hasOwn(fields, amount) ? [inHome, 'conversion'] : []));

/**
 * The amounts of a row in the home currency at the rate of the event's time, and how they came about. An amount without a rate
 * stays as it is and is flagged. Nothing where the client has no home currency.
 */
export function inHomeCurrency(data: Readonly<Record<string, Value>>, fields: Fields, rates: Rates, time: number): Record<string, Value> {
  const added: Record<string, Value> = {};
  if (rates.home === undefined) return added;
  for (const [name, home] of HOME) {
    const amount = data[name];
    if (!Object.hasOwn(fields, home) || typeof amount !== 'number') continue;
    const currency = String(data['currency'] ?? rates.home);
    const rate = rates.at(currency, time);
    if (rate !== undefined) added[home] = amount * rate;
    if (Object.hasOwn(fields, 'conversion')) {
      added['conversion'] = rate === undefined ? 'missing' : currency === rates.home ? 'home' : 'converted';
    }
  }
  return added;
}
