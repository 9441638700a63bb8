import type { ExperimentSpec } from '../../experiment/index.ts';
import type { AdjustmentSpec } from './adjustments.ts';
import { momentText } from './moment.ts';

/** The parts of a policy that hold times. */
interface Timed {
  readonly adjustments: readonly AdjustmentSpec[];
  readonly experiment?: ExperimentSpec | undefined;
}

/** A policy as it is written, so that it reads the same again: its times as ISO 8601 has them. */
export function writtenPolicy({ adjustments, experiment, ...rest }: Timed): object {
  return {
    ...rest,
    adjustments: adjustments.map((spec) => (spec.name === 'pins' ? { ...spec, rules: spec.rules.map(({ until, ...rule }) => ({ ...rule, until: momentText(until) })) } : spec)),
    experiment: experiment && { ...experiment, from: momentText(experiment.from), until: momentText(experiment.until) },
  };
}
