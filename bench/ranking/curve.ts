/** How a model grows with the history that it learns from: models of nested shares of the leads of one stage. */
import { hash32 } from '../../src/base/index.ts';
import { openSource, planOf, sampleLog, trainOnSamples, type AgainstRules, type Samples } from '../../src/lifecycle/index.ts';
import { takeRows, take } from '../../src/lifecycle/rows.ts';
import type { LoadedModel } from '../../src/rank/index.ts';
import type { RuleSet } from '../../src/rules/index.ts';
import { FEATURES, modelOf, type Stage } from './stage.ts';

const SEED = 23;
const PARTS = 10_000;

export interface LearnedOfShare {
  readonly model: LoadedModel;
  /** Leads and samples that it learned from, and the samples whose outcome came. */
  readonly leads: number;
  readonly samples: number;
  readonly positives: number;
  readonly trees: number;
  /** What training says of it beside the rules. */
  readonly againstRules: AgainstRules | null;
  /** Of processor, without the replay. */
  readonly seconds: number;
}

/** The models that a cell would have at a moment, ms, had it seen these shares of its leads only; a greater share holds the lesser. */
export async function learnedFrom({ log }: Stage, until: number, { shares, rules }: { shares: readonly number[]; rules: RuleSet }): Promise<LearnedOfShare[]> {
  const features = FEATURES.lead;
  const plan = planOf({ target: 'lead', until });
  const source = await openSource(log);
  const whole = await sampleLog({ log, source, features, plan });
  return shares.map((share) => {
    const began = process.cpuUsage();
    const samples = share === 1 ? whole : partOf(whole, 0, share);
    const { content, trained } = trainOnSamples({ samples, source, features, plan, rules });
    const { user, system } = process.cpuUsage(began);
    const { rows, positives, trees, againstRules } = trained.metrics;
    return {
      model: modelOf(content),
      leads: new Set(samples.groups).size,
      samples: rows,
      positives,
      trees,
      againstRules,
      seconds: (user + system) / 1e6,
    };
  });
}

/** The samples of those leads that lie between two shares of all, which are drawn by hash. */
export function partOf(samples: Samples, from: number, to: number): Samples {
  const { data, labels, weights, times, subjects, groups } = samples;
  const placeOf = (row: number): number => hash32(subjects[row]!, SEED) % PARTS;
  const rows = Int32Array.from(subjects.keys()).filter((row) => placeOf(row) >= from * PARTS && placeOf(row) < to * PARTS);
  return {
    ...samples,
    data: takeRows(data, rows),
    labels: take(labels, rows),
    weights: take(weights, rows),
    times: take(times, rows),
    subjects: Array.from(rows, (row) => subjects[row]!),
    groups: rows.map((row) => groups[row]!),
  };
}
