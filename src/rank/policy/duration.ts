import { DAY, Fault, HOUR, MINUTE, quote, type Form } from '../../base/index.ts';

const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY };

/** A span as a person writes it, `30m`, `4h` or `3d`, or in ms; the answer is in ms. `least` is 0 unless it is given. */
export const duration =
  ({ least = 0, most = 366 * DAY } = {}): Form<number> =>
  (value, path, before) => {
    if (value === undefined && before !== undefined) return before;
    const ms = typeof value === 'string' ? read(value) : value;
    if (typeof ms === 'number' && ms >= least && ms <= most) return ms;
    throw new Fault({
      kind: 'input',
      value: `${path}: ${value === undefined ? 'nothing' : quote(value)}`,
      rule: `is a span from ${written(least)} to ${written(most)}`,
      remedy: 'write it as 30m, 4h or 3d',
    });
  };

function read(text: string): number {
  const [, digits, unit] = /^(\d{1,9}(?:\.\d{1,3})?)\s?([mhd])$/u.exec(text.trim()) ?? [];
  return digits === undefined ? NaN : Number(digits) * UNITS[unit!]!;
}

function written(ms: number): string {
  const unit = ms >= DAY ? 'd' : ms >= HOUR ? 'h' : 'm';
  return `${ms / UNITS[unit]!}${unit}`;
}
