import { DAY, HOUR, MINUTE } from '../../base/index.ts';
import type { AdjustmentSpec } from './adjustments.ts';

/** What a list is arranged by where no policy is written: the first answer soon, fair turns, nothing that surprises. */
export const DEFAULT_ADJUSTMENTS: readonly AdjustmentSpec[] = [
  { name: 'fatigue', feature: 'touches_14d', most: 8 },
  { name: 'absence' },
  { name: 'deadline', within: 4 * HOUR, near: HOUR, lost: 24 * HOUR, lift: 2, rush: 3 },
  { name: 'freshness', within: 12 * HOUR, lift: 1.5 },
  { name: 'rest', within: DAY, lift: 0.5 },
  { name: 'promise', near: 4 * HOUR, missed: 7 * DAY, lift: 2 },
  { name: 'feedback', within: 14 * DAY, accepted: 1.5, disputed: 0.7 },
  { name: 'weights', rules: [] },
  { name: 'fairness', tolerance: 0.01 },
  { name: 'steady', margin: 0.1 },
  { name: 'diversity', most: 3 },
  { name: 'exploration', every: 20 },
  { name: 'capacity', each: 15 * MINUTE },
  { name: 'pins', rules: [] },
];
