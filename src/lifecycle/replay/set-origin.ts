import type { KeyValue } from 'hyparquet';
import { canonicalJson } from '../../base/index.ts';
import type { TrainingSetManifest } from './training-set.ts';

type Origin = Pick<TrainingSetManifest, 'spec' | 'plan' | 'log'>;

/** What the samples' file says itself of where it comes from, as Parquet's key-value metadata: it may travel without its manifest. */
export const originOf = ({ spec, plan, log }: Origin): KeyValue[] => [
  { key: 'leadrank.spec', value: spec },
  { key: 'leadrank.plan', value: canonicalJson(plan) },
  { key: 'leadrank.log', value: canonicalJson(log) },
];

/** The first key of which a file says something else than its manifest. A file of an earlier release says nothing, and agrees. */
export function disagreement(metadata: readonly KeyValue[] | undefined, manifest: Origin): string | undefined {
  const said = new Map(metadata?.map(({ key, value }) => [key, value]));
  return originOf(manifest).find(({ key, value }) => said.has(key) && said.get(key) !== value)?.key;
}
