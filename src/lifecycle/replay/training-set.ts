import { createReadStream, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { canonicalJson, contentId, Fault, fileFault } from '../../base/index.ts';
import { parseFeatures, type FeatureSpec } from '../../features/index.ts';
import type { EncodedSamples } from './encode.ts';
import type { SamplePlan } from './plan.ts';

/** What a written training set says of itself, in `manifest.json`. */
export interface TrainingSetManifest {
  readonly format: number;
  /** Names the features: equal for equal declarations. */
  readonly spec: string;
  readonly features: readonly FeatureSpec[];
  readonly plan: SamplePlan;
  /** Of the log that was replayed: the offset after its last event, and its epoch. */
  readonly log: { readonly end: number; readonly epoch: number };
  readonly rows: number;
  readonly positives: number;
  /** Their horizon is not over: neither positive nor negative. */
  readonly unripe: number;
  /** For how much of the samples each feature has a value, and the time of the first one that has (ISO 8601; null: none has). */
  readonly usable: Readonly<Record<string, { readonly present: number; readonly since: string | null }>>;
  readonly sha256: string;
}

export const SET_FORMAT = 1;
export const SET_MANIFEST = 'manifest.json';
export const SET_FILE = 'samples.parquet';

export const specHash = (features: readonly FeatureSpec[]): string => contentId(canonicalJson(features));

/** Counts what the manifest says of samples as they pass. */
export function createTally(features: readonly FeatureSpec[], { plan, log }: Pick<TrainingSetManifest, 'plan' | 'log'>) {
  const present = new Float64Array(features.length);
  const counts = { rows: 0, positives: 0, unripe: 0 };
  const since = new Float64Array(features.length).fill(Infinity);
  const isoOf = (time: number): string | null => (time === Infinity ? null : new Date(time).toISOString());
  return {
    add(piece: EncodedSamples): void {
      for (const name of ['rows', 'positives', 'unripe'] as const) counts[name] += piece[name];
      for (let i = 0; i < present.length; i++) {
        present[i]! += piece.present[i]!;
        since[i] = Math.min(since[i]!, piece.since[i]!);
      }
    },
    finish(sha256: string): TrainingSetManifest {
      const share = (count: number): number => Math.round((count / Math.max(1, counts.rows)) * 1e4) / 1e4;
      return {
        format: SET_FORMAT,
        spec: specHash(features),
        features,
        plan,
        log,
        ...counts,
        usable: Object.fromEntries(features.map(({ name }, i) => [name, { present: share(present[i]!), since: isoOf(since[i]!) }])),
        sha256,
      };
    },
  };
}

/** Reads the manifest of a training set, and checks its samples against it. Throws a Fault: `missing`, `corrupt`, `newer`. */
export async function readSetManifest(dir: string): Promise<TrainingSetManifest> {
  const path = join(dir, SET_MANIFEST);
  let manifest: TrainingSetManifest;
  try {
    manifest = JSON.parse(readFileSync(path, 'utf8')) as TrainingSetManifest;
  } catch (cause) {
    if (cause instanceof SyntaxError) throw damagedSet(path, 'does not describe a training set');
    throw fileFault(path, cause);
  }
  if (manifest.format > SET_FORMAT) {
    throw new Fault({ kind: 'newer', value: path, rule: `has format ${manifest.format}, this release reads ${SET_FORMAT}`, remedy: 'update leadrank' });
  }
  if (manifest.format !== SET_FORMAT) throw damagedSet(path, 'does not describe a training set');
  if (specHash(parseFeatures(manifest.features)) !== manifest.spec) throw damagedSet(path, 'names other features than its hash says');
  if ((await digest(join(dir, SET_FILE))) !== manifest.sha256) throw damagedSet(join(dir, SET_FILE), 'is not the file that was written');
  return manifest;
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  } catch (cause) {
    throw fileFault(path, cause);
  }
  return hash.digest('hex');
}

/** A training set that contradicts itself. */
export const damagedSet = (path: string, rule: string): Fault => new Fault({ kind: 'corrupt', value: path, rule, remedy: 'replay the log again' });
