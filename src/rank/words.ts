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

function plural(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}
