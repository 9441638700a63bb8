import type { AgainstRules } from './against-rules.ts';
import type { Estimate } from './auc.ts';
import type { HoldOutReport } from './hold-out.ts';
import type { StopOn } from './learner.ts';
import type { SegmentReport } from './segments.ts';

/** Figures of a training: the same for the same data and seed. */
export interface Metrics {
  rows: number;
  positives: number;
  baseRate: number;
  inputs: number;
  trees: number;
  /** Which rows decided how many: the latest, or random ones. */
  stoppedOn: StopOn;
  seed: number;
  /** What put the rows in order for the time-ordered hold-out. */
  order: 'time' | 'file';
  timeOrdered: HoldOutReport | null;
  random: HoldOutReport;
  /** The order beside that of the points rules in force, on the later windows; null where no points were given. */
  againstRules: AgainstRules | null;
  /** What is left of the random hold-out without the columns that may have been recorded after the outcome. */
  withoutSuspects: Without | null;
  /** Calibration on the random hold-out by segment, where a segment column is named. */
  segments: { column: string; reports: SegmentReport[] } | null;
  /** Positive rate of ten consecutive windows. */
  rateOverTime: { rows: number; rate: number }[];
}

/** The same rows judged by a model with all columns and by one without some. */
export interface Without {
  columns: string[];
  auc: Estimate;
  aucWithAll: Estimate;
}
