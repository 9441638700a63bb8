import type { Priority } from './arrange/entry.ts';
import type { Reason, Worth } from './assessment.ts';
import { urgencyReasons } from './urgency-reasons.ts';
import { valueReasons } from './value-reasons.ts';

/** Why a place is another than the chance alone would give it: by the value, then by what makes it urgent. */
export function placeReasons(priority: Priority, value: Worth | null): Reason[] {
  return [...valueReasons(priority, value), ...urgencyReasons(priority)];
}
