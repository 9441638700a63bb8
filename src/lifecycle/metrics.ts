import type { HoldOutReport } from './hold-out.ts';

/** Figures of a training: the same for the same data and seed. */
export interface Metrics {
  rows: number;
  positives: number;
  baseRate: number;
  inputs: number;
  trees: number;
  seed: number;
  /** What put the rows in order for the time-ordered hold-out. */
  order: 'time' | 'file';
  timeOrdered: HoldOutReport | null;
  random: HoldOutReport;
  /** Positive rate of ten consecutive windows. */
  rateOverTime: { rows: number; rate: number }[];
}
