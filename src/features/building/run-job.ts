import { BUCKETS } from '../../log/index.ts';
import { layoutHash } from '../layout.ts';
import type { FeatureSpec } from '../spec.ts';
import type { BuildContext } from './context.ts';
import { finishState, hasFinished } from './finish.ts';
import { foldShard, type ShardSummary } from './members.ts';
import { moveRows } from './moves.ts';
import { findings } from './scratch.ts';
import type { BuildSource } from './source.ts';
import { surveyHistory, type Survey } from './survey.ts';
import { tallyHistory, type Tally } from './tally.ts';

/** A part of building a state that a thread does by itself; what it finds lies in the scratch under its name. */
export type Job = 'survey' | 'tally' | 'finish' | `${'moves' | 'shard'} ${number}`;

export interface Setting {
  readonly source: BuildSource;
  readonly features: readonly FeatureSpec[];
  readonly scratch: string;
  readonly epoch: number;
  /** Into how many shards each bucket is cut. */
  readonly shares: number;
  /** Events of about so many are folded over one store. */
  readonly eventsASlice: number;
  /** About so much of what is laid down is held in memory, bytes. */
  readonly bytesHeld: number;
}

/** Does a job; one that was done already is not done again. */
export async function runJob(job: Job, setting: Setting): Promise<void> {
  const { features, scratch, source } = setting;
  const found = findings(scratch);
  if (found.has(job) && (job !== 'finish' || hasFinished(scratch))) return;
  if (job === 'survey') return found.keep(job, surveyHistory(source, setting.shares));
  const context: BuildContext = { ...setting, survey: surveyOf(scratch) };
  const [kind, place] = job.split(' ');
  if (kind === 'moves') {
    moveRows(Number(place), context);
    found.keep(job, null);
  } else if (kind === 'shard') found.keep(job, foldShard(Number(place), context));
  else if (job === 'tally') found.keep(job, tallyHistory(context, layoutHash(features)));
  else {
    const shards = Array.from({ length: BUCKETS * setting.shares }, (_, shard) => found.get<ShardSummary>(`shard ${shard}`));
    await finishState(context, shards, found.get<Tally>('tally'));
    found.keep(job, null);
  }
}

let held: { readonly scratch: string; readonly survey: Survey } | undefined;

/** Read once a thread. */
export function surveyOf(scratch: string): Survey {
  if (held?.scratch !== scratch) held = { scratch, survey: findings(scratch).get<Survey>('survey') };
  return held.survey;
}
