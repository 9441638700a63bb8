import { calibrate, fitCalibration, type Calibration } from '../trees/index.ts';
import { evaluate, type Evaluation } from './evaluate.ts';
import { take } from './rows.ts';
import { segmentReports, type SegmentReport } from './segments.ts';
import type { TrainInput } from './train-input.ts';
import { FOLDS, type Unseen, type UnseenByChance, type UnseenInTime } from './unseen.ts';

/** How outcomes were foreseen on rows that the model had not seen. */
export interface HoldOutReport extends Evaluation {
  /** Rows that the judged model was trained on. */
  trainedOn: number;
}

/** Random hold-out: the probabilities of each quarter are calibrated on the other three. */
export function judgeByChance(input: TrainInput, { folds, rows, raw }: UnseenByChance): { report: HoldOutReport; segments: SegmentReport[] } {
  const { labels, data } = input;
  const probability = new Float64Array(data.rows);
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = rows.filter((row) => folds[row] !== fold);
    const calibration = calibrationOf(input, { rows: others, raw: take(raw, others) });
    for (const row of rows) if (folds[row] === fold) probability[row] = calibrate(calibration, raw[row]!);
  }
  const judged = evaluate(raw, probability, labels, meanOf(labels));
  const segments = input.segments ? segmentReports(input.segments, probability, labels) : [];
  return { report: { ...judged, trainedOn: Math.round((data.rows * (FOLDS - 1)) / FOLDS) }, segments };
}

/** Time-ordered hold-out: the late window judges, calibrated on the one before it. */
export function judgeInTime(input: TrainInput, { before, middle, late }: UnseenInTime): HoldOutReport {
  const { labels } = input;
  const calibration = calibrationOf(input, middle);
  const probability = late.raw.map((value) => calibrate(calibration, value));
  const judged = evaluate(late.raw, probability, take(labels, late.rows), meanOf(take(labels, before)));
  return { ...judged, trainedOn: before.length };
}

/** Both windows as one. */
export function joined({ middle, late }: UnseenInTime): Unseen {
  return {
    rows: Int32Array.from([...middle.rows, ...late.rows]),
    raw: Float64Array.from([...middle.raw, ...late.raw]),
  };
}

/** The probability curve for rows scored unseen, of the kind that suits them. */
export function calibrationOf({ labels, weights, groups, seed = 0 }: TrainInput, { rows, raw }: Unseen): Calibration {
  return fitCalibration(raw, take(labels, rows), { weights: weights && take(weights, rows), groups: groups && rows.map((row) => groups[row]!), seed });
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
