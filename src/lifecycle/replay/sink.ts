import type { FeatureSpec } from '../../features/index.ts';
import { enlarged } from './mail.ts';
import { columnsOf, type SampleValues } from './values.ts';

/** One sample; as of `SampleRows`. */
export interface Sample {
  subject: number;
  time: number;
  label: number;
  weight: number;
  reason: number;
  offset: number;
}

/** Samples by the row, while their number is not known yet. */
export interface SampleSink {
  /** Room for one more sample, whose values begin at its number times their count in `values`. Returns its number. */
  add(sample: Sample): number;
  /** By sample, then feature. Taken anew after each `add`: it grows. */
  values(): Float64Array;
  finish(): SampleRows;
}

export interface SampleRows {
  readonly count: number;
  /** Into a list of names. */
  readonly subjects: Int32Array;
  readonly times: Float64Array;
  /** 1 or 0; NaN where the horizon is not over yet. */
  readonly labels: Float64Array;
  readonly weights: Float64Array;
  /** Into `REASONS`. */
  readonly reasons: Uint8Array;
  /** Of a decision that was shown: the offset of the event that says so, before which all is seen; else NaN. */
  readonly offsets: Float64Array;
  /** By feature. */
  readonly columns: readonly SampleValues[];
}

export function createSink(features: readonly FeatureSpec[]): SampleSink {
  const width = features.length;
  let room = 1_024;
  let count = 0;
  let subjects = new Int32Array(room);
  let times = new Float64Array(room);
  let labels = new Float64Array(room);
  let weights = new Float64Array(room);
  let reasons = new Uint8Array(room);
  let offsets = new Float64Array(room);
  let values = new Float64Array(room * width);

  const grow = (): void => {
    room *= 2;
    subjects = enlarged(subjects, new Int32Array(room));
    times = enlarged(times, new Float64Array(room));
    labels = enlarged(labels, new Float64Array(room));
    weights = enlarged(weights, new Float64Array(room));
    reasons = enlarged(reasons, new Uint8Array(room));
    offsets = enlarged(offsets, new Float64Array(room));
    values = enlarged(values, new Float64Array(room * width));
  };

  return {
    add({ subject, time, label, weight, reason, offset }) {
      if (count === room) grow();
      subjects[count] = subject;
      times[count] = time;
      labels[count] = label;
      weights[count] = weight;
      reasons[count] = reason;
      offsets[count] = offset;
      return count++;
    },
    values: () => values,
    finish: () => ({
      count,
      subjects: subjects.slice(0, count),
      times: times.slice(0, count),
      labels: labels.slice(0, count),
      weights: weights.slice(0, count),
      reasons: reasons.slice(0, count),
      offsets: offsets.slice(0, count),
      columns: columnsOf(features, values, count),
    }),
  };
}

