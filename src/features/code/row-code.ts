import { createHead, type RowCode } from './code.ts';
import type { Moments } from './moments.ts';
import { windowSums } from './window-sums.ts';

export interface RowText extends RowCode {
  lines(): readonly string[];
}

/** The code of a row that lies at `base` of `view`; `prefix` begins its names. */
export function rowCode(moments: Moments, { prefix, view, base }: { prefix: string; view: string; base: string }): RowText {
  const place = (at: number): string => `${base} + ${at}`;
  const head = createHead(`${prefix}v`);
  const sums = windowSums(`${prefix}s`, { view, place, moments });
  return {
    view,
    place,
    once: (expression) => head.once(expression),
    moment: (expression) => moments.once(expression),
    late: (expression) => moments.late(expression),
    over: (ring, window) => sums.over(ring, window),
    lines: () => [...head.lines(), ...sums.lines()],
  };
}
