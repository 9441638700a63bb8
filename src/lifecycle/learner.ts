import { createScorer, fit, type FitOptions, type Model, type Scorer } from '../trees/index.ts';
import { priorOf } from './prior.ts';
import { take, takeRows } from './rows.ts';
import type { TrainInput } from './train-input.ts';

export interface TrainOptions {
  /** Hears which of the fits is under way and how many trees it has grown. */
  onProgress?: ((progress: { stage: string; trees: number }) => void) | undefined;
  /** An abort throws its reason between two trees. */
  signal?: AbortSignal | undefined;
  /** Settings of every fit, as a search found them; else the defaults. */
  options?: Pick<FitOptions, 'depth' | 'learningRate' | 'l2' | 'columnSample' | 'subsample'>;
  /** Which held-out rows decide when to stop; default the latest where rows have times, else random ones. */
  stopOn?: StopOn;
}

export type StopOn = 'time' | 'random';

/** Fits models to parts of one training input. */
export interface Learner {
  /** Stops at the tree count that serves `judge` best. */
  untilBest(stage: string, rows: Int32Array, judge: Int32Array): Scored;
  /** Learns from all the rows; the latest of them say how many trees, at whatever level they are. */
  untilLatest(stage: string, rows: Int32Array, times: Float64Array): Scored;
  /** Grows exactly `trees`. */
  withTrees(stage: string, rows: Int32Array, trees: number): Scored;
}

export interface Scored {
  model: Model;
  scorer: Scorer;
  /** Log-odds of rows of the input. */
  raw(rows: Int32Array): Float64Array;
}

export function createLearner(input: TrainInput, { onProgress, signal, options: settings }: TrainOptions): Learner {
  const { data, labels, weights, groups, loss, seed = 0 } = input;
  const priorIn = priorOf(input);
  function run(stage: string, rows: Int32Array, options: Parameters<typeof fit>[2]): Scored {
    const prior = priorIn(rows);
    const model = fit(takeRows(data, rows), take(labels, rows), {
      seed,
      ...(loss && { loss }),
      ...(weights && { weights: take(weights, rows) }),
      ...(prior && { prior }),
      ...(signal && { signal }),
      onProgress: (trees) => onProgress?.({ stage, trees }),
      ...settings,
      ...options,
    });
    const scorer = createScorer(model);
    return { model, scorer, raw: (judged) => scorer.rawBatch(takeRows(data, judged)) };
  }
  return {
    untilBest: (stage, rows, judge) =>
      run(stage, rows, { validation: { data: takeRows(data, judge), labels: take(labels, judge) } }),
    untilLatest: (stage, rows, times) =>
      run(stage, rows, { times: take(times, rows), ...(groups && { groups: rows.map((row) => groups[row]!) }) }),
    withTrees: (stage, rows, trees) => run(stage, rows, { trees, patience: trees }),
  };
}
