import { DAY, HOUR, MINUTE } from '../base/index.ts';

/** A span as a person says it: `20 minutes`, `3 hours`, `9 days`. */
export function span(ms: number): string {
  if (ms < MINUTE) return 'a moment';
  if (ms < HOUR) return plural(Math.floor(ms / MINUTE), 'minute');
  if (ms < 2 * DAY) return plural(Math.floor(ms / HOUR), 'hour');
  return plural(Math.floor(ms / DAY), 'day');
}

/** Names joined for a sentence: `web`, `web and email`, `a, b and c`. */
export function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}

/** A share as a person says it: `12 %`, `1.2 %`, `0.03 %`. */
export function percent(share: number): string {
  const value = 100 * share;
  const digits = Math.abs(value) >= 10 ? 0 : Math.abs(value) >= 1 ? 1 : 2;
  return `${String(Number(value.toFixed(digits)))} %`;
}

/** A factor: `× 1.5`. */
export function times(factor: number): string {
  return `× ${String(Number(factor.toFixed(2)))}`;
}

/** An amount of money: `12,500 EUR`. */
export function amount(value: number, currency: string | null): string {
  const whole = String(Math.round(value)).replaceAll(/\B(?=(\d{3})+$)/gu, ',');
  return currency === null ? whole : `${whole} ${currency}`;
}

function plural(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}
