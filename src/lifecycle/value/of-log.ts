import type { FeatureSpec, TargetName } from '../../features/index.ts';
import type { TrainOptions } from '../learner.ts';
import type { SamplePlan } from '../replay/plan.ts';
import type { ReplaySource } from '../replay/source.ts';
import type { Samples } from '../samples.ts';
import { readDeals } from './deals.ts';
import { paidOf } from './paid.ts';
import { trainValue, type ValueTraining } from './train.ts';

/** Which feature holds a record's own amount, and which only tell of it. */
const OWN: Readonly<Record<TargetName, { readonly own: string | null; readonly blind: readonly string[] }>> = {
  lead: { own: null, blind: [] },
  opportunity: { own: 'amount', blind: ['amount_change'] },
};

export interface ValueOfLog {
  readonly source: ReplaySource;
  readonly samples: Samples;
  readonly features: readonly FeatureSpec[];
  readonly plan: SamplePlan;
}

/** Learns what the outcome of a plan's target is worth, from the deals of the log that it was sampled from. */
export function valueOfLog({ source, samples, features, plan }: ValueOfLog, options: Pick<TrainOptions, 'onProgress' | 'signal'>): ValueTraining {
  const { target, until, seed } = plan;
  const deals = readDeals(source, until);
  const { own, blind } = OWN[target];
  const held = features.some(({ name }) => name === own) ? own : null;
  return trainValue({ samples, paid: paidOf(target, deals, until), currency: deals.currency, own: held, blind, seed }, options);
}
