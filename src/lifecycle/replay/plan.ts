import { DAY } from '../../base/index.ts';

/** At which moments vectors are taken, and how they are labelled. Times in ms. */
export interface SamplePlan {
  /** What was known at this time is used; a sample is ripe when its whole horizon lies before it. */
  readonly until: number;
  /** A sample is positive where its lead converts within this time after it. */
  readonly horizon: number;
  /** How old leads are when they are sampled, since the CRM's word of them was known. */
  readonly ages: readonly number[];
  /** Whether each decision that was shown is sampled, too. */
  readonly shown: 'sampled' | 'not sampled';
  /** The share of the negatives that is kept; those that are have its inverse as their weight. */
  readonly negatives: number;
  readonly seed: number;
}

export const DEFAULT_PLAN: Omit<SamplePlan, 'until'> = {
  horizon: 30 * DAY,
  ages: [0.25, 1, 3, 7, 14, 21].map((days) => days * DAY),
  shown: 'sampled',
  negatives: 1,
  seed: 1,
};

/** Why a moment was sampled. */
export const REASONS = ['age', 'shown'] as const;
