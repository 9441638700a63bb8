import { calibrate, createScorer } from '../trees/index.ts';
import { outcomeTimes } from './outcome-times.ts';
import { recentLevel, type RecentLevel } from './recent-level.ts';
import type { SamplePlan } from './replay/plan.ts';
import type { ReplaySource } from './replay/source.ts';
import type { Samples } from './samples.ts';
import type { TrainedModel } from './train.ts';

export interface RecentOptions {
  readonly samples: Samples;
  readonly trained: Pick<TrainedModel, 'model' | 'calibration' | 'unseen'>;
  /** Where outcomes are found, those that came in since among them. */
  readonly source: ReplaySource;
  readonly plan: SamplePlan;
}

/**
 * The level of records that are too young to have been learned from, against what the model says of them. Each record counts once, at its
 * first sample: nothing of it was learned from, and whether it was to be sampled does not hang on what became of it. Null where too little is
 * known, and where a share of the negatives was left out: then it cannot be told whose first sample it is.
 */
export function recentOf({ samples, trained, source, plan }: RecentOptions): RecentLevel | null {
  const { young, subjects, times, labels, groups } = samples;
  if (young.subjects.length === 0 || plan.negatives < 1) return null;
  const knownAt = outcomeTimes(source, plan);
  const { model, calibration, unseen } = trained;
  const first = new Map<number, number>();
  groups.forEach((group, row) => {
    if (!first.has(group)) first.set(group, row);
  });
  const settled = Array.from(unseen.rows, (row, at) => ({ row, raw: unseen.raw[at]! })).flatMap(({ row, raw }) => {
    const known = knownAt(subjects[row]!);
    if (first.get(groups[row]!) !== row || (labels[row] === 1 && known === undefined)) return [];
    return [{ probability: calibrate(calibration, raw), after: labels[row] === 1 ? known! - times[row]! : null }];
  });
  const raw = createScorer(model).rawBatch(young.data);
  return recentLevel(settled, Array.from(raw, (score, at) => {
    const known = knownAt(young.subjects[at]!);
    return { probability: calibrate(calibration, score), elapsed: plan.until - young.times[at]!, isOut: known !== undefined && known > young.times[at]! };
  }));
}
