import { DAY } from '../base/index.ts';
import type { LoggedEvent } from '../events/index.ts';

/** In whatever order events come within this much of received time, a vector is the same. */
export const LATENESS = 3 * DAY;

/** Up to which event time nothing more is due, when the newest received time is this; it follows what was received, never a clock. */
export const watermarkOf = (received: number): number => received - LATENESS;

/** Whether an event came after the bound. A backfill does not: it was known when it happened. */
export function isLate({ time, received, knownAt }: LoggedEvent, newest: number | null): boolean {
  return newest !== null && knownAt >= received && time < watermarkOf(newest);
}
