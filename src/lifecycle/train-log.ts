import type { BundleContent } from '../bundle/index.ts';
import type { FeatureSpec } from '../features/index.ts';
import type { Log } from '../log/index.ts';
import type { TrainOptions } from './learner.ts';
import { sampleLog } from './samples.ts';
import { trainModel, type TrainedModel } from './train.ts';

export interface LogTrainingOptions {
  log: Log;
  features: readonly FeatureSpec[];
  /** What was known at this time is used, ms. */
  until: number;
  horizonDays?: number;
  seed?: number;
  onReplay?: (read: number, end: number) => void;
  onProgress?: TrainOptions['onProgress'];
  signal?: AbortSignal;
}

export interface LogTraining {
  content: BundleContent;
  trained: TrainedModel;
  /** Samples whose horizon is not over yet: neither positive nor negative. */
  unripe: number;
}

/** Replays the log into a training set of leads that convert within the horizon, and trains on it. Throws a Fault for a log with too little history. */
export async function trainOnLog(options: LogTrainingOptions): Promise<LogTraining> {
  const { log, features, until, horizonDays = 30, seed = 1, onReplay, onProgress, signal } = options;
  const { data, labels, times, groups, weights, unripe } = await sampleLog({
    log,
    features,
    until,
    horizonDays,
    ...(onReplay && { onProgress: onReplay }),
    ...(signal && { signal }),
  });
  const trained = trainModel({ data, labels, times, groups, ...(weights.some((weight) => weight !== 1) && { weights }), seed }, { ...(onProgress && { onProgress }), ...(signal && { signal }) });
  const { model, calibration, percentiles, metrics, warnings, importance } = trained;
  const content: BundleContent = {
    spec: { kind: 'log', features: [...features] },
    target: { name: `lead converts within ${horizonDays} days`, positive: 'converted', entity: 'lead', horizonDays },
    model,
    calibration,
    percentiles,
    metrics: { ...metrics, knownUntil: until, unripe, warnings, importance },
  };
  return { content, trained, unripe };
}
