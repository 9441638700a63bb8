import type { Add } from './code/fold-text.ts';
import type { ReadInto } from './code/vector-text.ts';
import { run, type Plan } from './plan.ts';
import type { Reading } from './reading.ts';

/** What the functions do that `code/generate.ts` makes, step by step: their reference, which a test holds them equal to. */
export const plainAdds = (plan: Plan): (Add | undefined)[] =>
  plan.map((steps, code) => steps && ((view, base, time, tie, fields) => run(steps, view, base, code, time, tie, fields)));

export const plainRead = (readings: readonly Reading[]): ReadInto => (view, base, now, linked, out, at) => {
  for (let i = 0; i < readings.length; i++) out[at + i] = readings[i]!.read(view, base, now, linked);
};
