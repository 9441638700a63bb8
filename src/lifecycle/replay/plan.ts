import type { TargetName } from '../../features/index.ts';
import { TARGETS } from './target.ts';

/** At which moments vectors are taken, and how they are labelled. Times in ms. */
export interface SamplePlan {
  /** Which records are sampled, and by what outcome. */
  readonly target: TargetName;
  /** What was known at this time is used; a sample is ripe when its whole horizon lies before it. */
  readonly until: number;
  /** A sample is positive where the target's outcome becomes known within this time after it. */
  readonly horizon: number;
  /** How old records are when they are sampled, since the CRM's word of them was known. */
  readonly ages: readonly number[];
  /** Whether a record is sampled at each age, or once between it and the next, at a moment that its name draws. */
  readonly moments: 'at ages' | 'between ages';
  /** Whether each decision that was shown is sampled, too. */
  readonly shown: 'sampled' | 'not sampled';
  /** The share of the negatives that is kept; those that are have its inverse as their weight. */
  readonly negatives: number;
  readonly seed: number;
}

/** A plan in which what is not said is as of its target, a lead's where none is named. */
export function planOf({ target = 'lead', ...said }: Partial<SamplePlan> & Pick<SamplePlan, 'until'>): SamplePlan {
  const { horizon, ages } = TARGETS[target];
  return { target, horizon, ages, moments: 'between ages', shown: 'sampled', negatives: 1, seed: 1, ...said };
}

/** Why a moment was sampled. */
export const REASONS = ['age', 'shown'] as const;
