import { DAY } from '../../base/index.ts';
import type { TargetName } from '../../features/index.ts';

/** What a model is to foresee of a record. Times in ms. */
export interface Target {
  readonly entity: TargetName;
  /** The event type that makes a sample positive where it becomes known within the horizon. */
  readonly outcome: string;
  readonly horizon: number;
  /** How old records are when they are sampled. */
  readonly ages: readonly number[];
  /** The target in words, and what a positive one is. */
  readonly name: (days: number) => string;
  readonly positive: string;
}

const inDays = (...days: number[]): number[] => days.map((day) => day * DAY);

/** Lists hold records for as long as they are open, and what is open for long is another kind of record. */
const LATER = [30, 40, 50, 60, 75, 90, 120, 150, 180, 270, 365];

export const TARGETS: Readonly<Record<TargetName, Target>> = {
  lead: {
    entity: 'lead',
    outcome: 'lead.converted',
    horizon: 30 * DAY,
    ages: inDays(0.25, 1, 3, 7, 14, 21, ...LATER),
    name: (days) => `lead converts within ${days} days`,
    positive: 'converted',
  },
  opportunity: {
    entity: 'opportunity',
    outcome: 'opportunity.won',
    horizon: 90 * DAY,
    ages: inDays(1, 3, 7, 14, 21, ...LATER),
    name: (days) => `opportunity is won within ${days} days`,
    positive: 'won',
  },
};
