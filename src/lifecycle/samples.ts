import type { SubjectId } from '../events/index.ts';
import type { FeatureSpec } from '../features/index.ts';
import type { Log } from '../log/index.ts';
import type { Column, Dataset } from '../trees/index.ts';
import type { SampleColumn, SampleTable } from './replay/sample-table.ts';
import type { EncodedSamples } from './replay/encode.ts';
import { isCategorical } from './replay/values.ts';
import { openSource } from './replay/open-source.ts';
import { planOf, type SamplePlan } from './replay/plan.ts';
import { replayEncoded, replaySamples } from './replay/replay.ts';
import type { ReplaySource } from './replay/source.ts';
import { numbered } from './rows.ts';

export interface SampleOptions {
  log: Log;
  /** The log as it was opened for a replay, where it was already. */
  source?: ReplaySource | undefined;
  features: readonly FeatureSpec[];
  /** What is not said is as of `planOf`. */
  plan: Partial<SamplePlan> & Pick<SamplePlan, 'until'>;
  /** As of `ReplayOptions`. */
  room?: string | undefined;
  /** Threads to replay on; 0 is this one. */
  threads?: number | undefined;
  /** Told how many rows were replayed, and how many there are to be. */
  onProgress?: ((done: number, all: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** A training set: row by row in order of sample time, the columns in the order of the features. */
export interface Samples {
  data: Dataset;
  /** 1 where the target's outcome became known within the horizon after the sample, else 0. */
  labels: Float64Array;
  /** For how many samples each stands. */
  weights: Float64Array;
  /** When each sample was taken, ms. */
  times: Float64Array;
  subjects: SubjectId[];
  /** One number a record: rows of one record belong on one side of a split. */
  groups: Int32Array;
  /** Samples left out because their horizon is not over yet. */
  unripe: number;
}

/**
 * Replays the log through the fold that serves live and takes the features of each record of the target between a few ages while it is open, and at every
 * decision that was shown. All is as of `knownAt`: a sample at t sees what was known at t, and nothing later; its label is what
 * became known after t.
 */
export async function sampleLog(options: SampleOptions): Promise<Samples> {
  return ripeSamples(await replayLog(options));
}

/** The samples of a log, unripe ones among them. */
export async function replayLog({ log, source: opened, features, plan, room, threads, onProgress, signal }: SampleOptions): Promise<SampleTable> {
  const source = opened ?? (await openSource(log, { signal }));
  return replaySamples({ source, features, plan: planOf(plan), room, onProgress, signal, ...(threads !== undefined && { threads }) });
}

/** The samples of a log, unripe ones among them, as they stand in a training set; `scratch` as of `ReplayOptions`. */
export async function* replayEncodedLog({ log, source: opened, features, plan, room, threads, scratch, onProgress, signal }: SampleOptions & { scratch?: string | undefined }): AsyncGenerator<EncodedSamples> {
  const source = opened ?? (await openSource(log, { signal }));
  yield* replayEncoded({ source, features, plan: planOf(plan), room, scratch, onProgress, signal, ...(threads !== undefined && { threads }) });
}

/** The samples whose horizon is over, as a table to train on. */
export function ripeSamples(table: SampleTable): Samples {
  const { count, labels, times, weights, names, subjects } = table;
  const ripe = Int32Array.from({ length: count }, (_, row) => row).filter((row) => !Number.isNaN(labels[row]!));
  return {
    data: { rows: ripe.length, columns: table.columns.map((column) => columnOf(column, ripe)) },
    labels: Float64Array.from(ripe, (row) => labels[row]!),
    weights: Float64Array.from(ripe, (row) => weights[row]!),
    times: Float64Array.from(ripe, (row) => times[row]!),
    subjects: Array.from(ripe, (row) => names[subjects[row]!]! as SubjectId),
    groups: numbered(ripe.map((row) => subjects[row]!)),
    unripe: count - ripe.length,
  };
}

/** Levels are numbered in the order of their first row. */
function columnOf({ feature, values, words }: SampleColumn, rows: Int32Array): Column {
  const { name } = feature;
  if (!isCategorical(feature)) return { kind: 'numeric', name, values: Float32Array.from(rows, (row) => values[row]!) };
  const levels = new Map<string, number>();
  const levelOf = new Map<number, number>();
  const codes = Int32Array.from(rows, (row) => {
    const code = values[row]!;
    if (Number.isNaN(code)) return -1;
    let level = levelOf.get(code);
    if (level === undefined) {
      const word = words?.get(code) ?? null;
      level = word === null ? -1 : (levels.get(word) ?? levels.size);
      if (word !== null) levels.set(word, level);
      levelOf.set(code, level);
    }
    return level;
  });
  return { kind: 'categorical', name, levels: [...levels.keys()], codes };
}
