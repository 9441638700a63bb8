import type { Value } from '../trees/index.ts';

/** How a live value stands to the one that the log gives. */
export type Outcome =
  | 'equal'
  /** Both are there and differ. */
  | 'mismatch'
  /** Only the log has one. */
  | 'missing'
  /** Only the live vector had one. */
  | 'extra';

/** Compares to the last bit. */
export function outcomeOf(live: Value, computed: Value): Outcome {
  if (Object.is(live, computed)) return 'equal';
  if (live === null) return 'missing';
  return computed === null ? 'extra' : 'mismatch';
}
