import { DAY } from '../base/index.ts';
import type { BundleContent } from '../bundle/index.ts';
import type { FeatureSpec } from '../features/index.ts';
import type { Log } from '../log/index.ts';
import { ruledTable, type RuleSet } from '../rules/index.ts';
import { checkEnough } from './enough.ts';
import type { TrainOptions } from './learner.ts';
import { openSource } from './replay/open-source.ts';
import { planOf, type SamplePlan } from './replay/plan.ts';
import { readTrainingSet } from './replay/read-set.ts';
import type { ReplaySource } from './replay/source.ts';
import { TARGETS } from './replay/target.ts';
import { sampleLog, type SampleOptions, type Samples } from './samples.ts';
import { GRADED_BY, segmentsOf } from './segment-quantiles.ts';
import { trainModel, type TrainedModel } from './train.ts';
import { valueOfLog } from './value/of-log.ts';

export interface LogTrainingOptions extends Omit<SampleOptions, 'onProgress'> {
  /** The features in whose segments grades may be given; those of them that the model does not have are passed over. */
  gradedBy?: readonly string[] | undefined;
  /** The points rules in force: the model begins with what they tell, and is compared with them. */
  rules?: RuleSet | undefined;
  onReplay?: SampleOptions['onProgress'];
  onProgress?: TrainOptions['onProgress'];
}

export interface LogTraining {
  content: BundleContent;
  trained: TrainedModel;
  /** Samples whose horizon is not over yet: neither positive nor negative. */
  unripe: number;
  /** Why the bundle has no model of what the outcome is worth; null where it has one. */
  valueLack: string | null;
}

/** Replays the log into a training set of the plan's target, and trains on it. Throws a Fault for a log with too little history. */
export async function trainOnLog({ onReplay, onProgress, gradedBy, rules, ...options }: LogTrainingOptions): Promise<LogTraining> {
  const { signal, features } = options;
  const source = options.source ?? (await openSource(options.log, { signal }));
  const samples = await sampleLog({ ...options, source, onProgress: onReplay });
  return trainOnSamples({ samples, source, features, plan: planOf(options.plan), gradedBy, rules, onProgress, signal });
}

export interface SetTrainingOptions {
  /** A folder that `writeTrainingSet` made. */
  dir: string;
  /** The log that it was replayed from: it tells what outcomes paid. */
  log: Log;
  seed?: number | undefined;
  /** As of `LogTrainingOptions`. */
  gradedBy?: readonly string[] | undefined;
  /** The points rules in force, by what they rank: the set says what it holds samples of. */
  rulesOf?: ((target: SamplePlan['target']) => RuleSet) | undefined;
  onProgress?: TrainOptions['onProgress'];
  signal?: AbortSignal | undefined;
}

/** Trains on a training set that was written: the same model as from the replay that wrote it. Throws a Fault. */
export async function trainOnSet({ dir, log, seed, gradedBy, rulesOf, onProgress, signal }: SetTrainingOptions): Promise<LogTraining> {
  const { samples, manifest } = await readTrainingSet(dir);
  const plan = planOf({ ...manifest.plan, ...(seed !== undefined && { seed }) }); // a set of an earlier release names no target
  const source = await openSource(log, { signal });
  return trainOnSamples({ samples, source, features: manifest.features, plan, gradedBy, rules: rulesOf?.(plan.target), onProgress, signal });
}

interface SampleTraining {
  samples: Samples;
  source: ReplaySource;
  features: readonly FeatureSpec[];
  plan: SamplePlan;
  /** As of `LogTrainingOptions`. */
  gradedBy?: readonly string[] | undefined;
  rules?: RuleSet | undefined;
  /** Of the trees; else those that serve so many records. */
  settings?: TrainOptions['options'];
  onProgress?: TrainOptions['onProgress'];
  signal?: AbortSignal | undefined;
}

/** Trains on samples, be they all of a log or some. Throws a Fault for too few. */
export function trainOnSamples({ samples, source, features, plan, gradedBy = GRADED_BY, rules, settings, onProgress, signal }: SampleTraining): LogTraining {
  const { data, labels, times, groups, weights, unripe } = samples;
  const { seed, until, horizon } = plan;
  const { entity, name, positive } = TARGETS[plan.target];
  const weighted = weights.some((weight) => weight !== 1);
  const input = { data, labels, times, groups, ...(weighted && { weights }), ...(rules && { points: ruledTable(rules, data).points() }), seed };
  const running = { ...(onProgress && { onProgress }), ...(signal && { signal }) };
  checkEnough(samples, plan);
  const trained = trainModel(input, { ...running, options: settings ?? settingsFor(samples) });
  const { value, lack: valueLack } = valueOfLog({ source, samples, features, plan }, running);
  const { model, calibration, percentiles, metrics, warnings, importance } = trained;
  const segments = segmentsOf({ ...trained.unseen, data, groups }, gradedBy);
  const horizonDays = horizon / DAY;
  const content: BundleContent = {
    spec: { kind: 'log', features: [...features] },
    target: { name: name(horizonDays), positive, entity, horizonDays },
    model,
    calibration,
    percentiles,
    metrics: { ...metrics, knownUntil: until, unripe, ...(rules && { rules: rules.hash }), valueLack, warnings, importance },
    ...((value.model !== null || value.own !== null) && { value }),
    ...(segments.length > 0 && { segments }),
  };
  return { content, trained, unripe, valueLack };
}

/** Up to so many records trees of four splits foresaw more than trees of six, which is the default of so many rows; of more it was not measured. */
const FEW_RECORDS = 10_000;

/** Rows of one record tell less than as many records do: what a table of so many rows would bear overfits here. */
function settingsFor({ groups }: Pick<Samples, 'groups'>): NonNullable<TrainOptions['options']> {
  return new Set(groups).size < FEW_RECORDS ? { depth: 4 } : {};
}
