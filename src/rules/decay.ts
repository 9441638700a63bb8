import { exp, pow2 } from '../base/portable.ts';

/** Points that fall with an age: `since` names a feature in days. Halved every `half_life` days, or gone after `over` days. */
export type Decay =
  | { readonly since: string; readonly half_life: number }
  | { readonly since: string; readonly over: number };

/** Decayed points are cut to this fraction, so that sums of whole points stay exact. */
const STEP = 1_024;

/**
 * The points that are left at an age in days, to 1/1024 of a point: all of them at 0, exactly half at a half-life, none
 * where the age is missing. The same bits everywhere.
 */
export function decayed(points: number, decay: Decay, age: number): number {
  if (!(age === age)) return 0;
  const days = Math.max(0, age);
  const share = 'over' in decay ? Math.max(0, 1 - days / decay.over) : halved(days / decay.half_life);
  return Math.round(points * share * STEP) / STEP;
}

/** 2^-x. */
function halved(x: number): number {
  if (x > 1_000) return 0;
  const whole = Math.floor(x);
  return pow2(-whole) * exp(-(x - whole) * Math.LN2);
}
