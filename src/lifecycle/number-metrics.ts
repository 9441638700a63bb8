import type { StopOn } from './learner.ts';
import type { NumberEvaluation } from './number-evaluate.ts';
import type { NumberLoss } from './train-input.ts';

/** Figures of a training on numbers: the same for the same data and seed. */
export interface NumberMetrics {
  loss: NumberLoss;
  rows: number;
  /** Mean of the labels. */
  mean: number;
  inputs: number;
  trees: number;
  stoppedOn: StopOn;
  seed: number;
  order: 'time' | 'file';
  timeOrdered: NumberReport | null;
  random: NumberReport;
  /** Mean of the labels in ten consecutive windows. */
  meanOverTime: { rows: number; mean: number }[];
}

/** How numbers were foreseen on rows that the model had not seen. */
export interface NumberReport extends NumberEvaluation {
  /** Rows that the judged model was trained on. */
  trainedOn: number;
}
