import type { Plan } from '../plan.ts';
import type { Reading } from '../reading.ts';
import { compileText } from './compile-text.ts';
import { addText, type Add } from './fold-text.ts';
import { vectorText, type ReadInto } from './vector-text.ts';

/** One function for each event type of a plan, at its code; each is made when it is first called. */
export function generateAdds(plan: Plan): (Add | undefined)[] {
  const adds: (Add | undefined)[] = [];
  plan.forEach((steps, code) => {
    if (steps === undefined) return;
    adds[code] = (...event) => (adds[code] = compileText<Add>(addText(steps, code)))(...event);
  });
  return adds;
}

/** One function for all readings. */
export const generateRead = (readings: readonly Reading[]): ReadInto => compileText<ReadInto>(vectorText(readings));
