import { DAY, Fault } from '../base/index.ts';
import type { SamplePlan } from './replay/plan.ts';
import { TARGETS } from './replay/target.ts';
import type { Samples } from './samples.ts';

/** Fewer records of an outcome than this make no model, however often each was sampled. */
export const FEWEST_RECORDS = 20;

/** Throws a Fault of kind `input` that says what a log lacks, where too few records of an outcome are old enough to tell. */
export function checkEnough({ labels, groups }: Pick<Samples, 'labels' | 'groups'>, { target, horizon }: Pick<SamplePlan, 'target' | 'horizon'>): void {
  const records = (outcome: number): number => new Set(groups.filter((_, row) => labels[row] === outcome)).size;
  const [yes, no] = [records(1), records(0)];
  if (Math.min(yes, no) >= FEWEST_RECORDS) return;
  const days = Math.round(horizon / DAY);
  throw new Fault({
    kind: 'input',
    value: `${target}: ${yes} records that were ${TARGETS[target].positive} within ${days} days, ${no} that were not`,
    rule: `a model needs at least ${FEWEST_RECORDS} of each`,
    remedy: `wait for more history: what is ${days} days old tells`,
  });
}
