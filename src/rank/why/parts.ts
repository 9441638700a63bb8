import { log } from '../../base/index.ts';
import type { Entry } from '../arrange/entry.ts';
import type { AdjustmentName } from '../policy/adjustments.ts';

/** A factor of priority in which two records differ. */
export interface Part {
  readonly name: 'chance' | 'value' | AdjustmentName;
  /** The id of the policy's rule, for `weights`. */
  readonly rule: string | null;
  /** ln of the upper record's factor over the lower's: positive speaks for the upper. All of them add up to ln of the priorities' ratio. */
  readonly size: number;
}

/** In what the priorities of two records differ, the greatest in favour of the first foremost. */
export function partsOf(upper: Entry, lower: Entry): Part[] {
  const keys = new Map<string, Pick<Part, 'name' | 'rule'>>();
  for (const { name, rule } of [...upper.factors, ...lower.factors]) keys.set(`${name} ${rule ?? ''}`, { name, rule });
  const factors = [...keys.values()].map(({ name, rule }) => ({ name, rule, size: ratio(factorOf(upper, name, rule), factorOf(lower, name, rule)) }));
  const base: Part[] = [
    { name: 'chance', rule: null, size: ratio(upper.chance, lower.chance) },
    { name: 'value', rule: null, size: ratio(upper.value, lower.value) },
  ];
  return [...base, ...factors].filter(({ size }) => size !== 0).toSorted((a, b) => b.size - a.size);
}

export function factorOf({ factors }: Entry, name: Part['name'], rule: string | null): number {
  return factors.find((one) => one.name === name && one.rule === rule)?.factor ?? 1;
}

/** ln of a over b; of nothing over nothing, nothing. */
function ratio(a: number, b: number): number {
  return a === b ? 0 : log(a / b);
}
