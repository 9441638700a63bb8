import type { Clock } from '../base/index.ts';

/**
 * Until which part of a request's deadline a stage is still begun for one more record. The cheaper a stage, the longer; the rules are
 * always asked.
 */
const UNTIL = { model: 0.7, 'last-score': 0.85, features: 1 } as const;

/** The time that a request has. */
export interface Deadline {
  /** Why a stage is not begun any more, in plain words; null while it is. */
  late(stage: keyof typeof UNTIL): string | null;
}

/** Starts the deadline of a request, `within` ms from now. */
export function startDeadline({ clock, within }: { clock: Clock; within: number }): Deadline {
  const start = clock();
  return {
    late(stage) {
      const share = UNTIL[stage] * within;
      return clock() - start <= share ? null : `the deadline: ${seconds(share)} of ${seconds(within)} had passed`;
    },
  };
}

const seconds = (ms: number): string => `${Math.round(ms) / 1000} s`;
