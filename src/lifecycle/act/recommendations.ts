import type { LoggedDecisions } from '../../experiment/index.ts';
import type { Situation } from '../../rank/index.ts';
import type { Dataset } from '../../trees/index.ts';
import { takeRows } from '../rows.ts';

/** Logged recommendations, with what was known when each was made and what became of it. */
export interface Recommendations {
  /** One row a recommendation. */
  readonly data: Dataset;
  readonly decisions: LoggedDecisions;
  /** The place in `decisions.arms` of what the rules would have recommended. */
  readonly rule: Int32Array;
  /** What an action was chosen from at each. */
  readonly situations: readonly Situation[];
}

/** The recommendations of some rows. */
export const recommendationsAt = (all: Recommendations, rows: Int32Array): Recommendations => ({
  ...pick(all, rows),
  data: takeRows(all.data, rows),
  situations: Array.from(rows, (row) => all.situations[row]!),
});

/** Those of some rows; actions keep their places. */
export function pick({ decisions, rule }: Pick<Recommendations, 'decisions' | 'rule'>, rows: Int32Array): Pick<Recommendations, 'decisions' | 'rule'> {
  const { arms, action, propensity, reward, subject } = decisions;
  const width = arms.length;
  const shown = new Float64Array(rows.length * width);
  rows.forEach((row, at) => shown.set(propensity.subarray(row * width, (row + 1) * width), at * width));
  return {
    rule: rows.map((row) => rule[row]!),
    decisions: {
      count: rows.length,
      arms,
      action: rows.map((row) => action[row]!),
      propensity: shown,
      reward: Float64Array.from(rows, (row) => reward[row]!),
      subject: rows.map((row) => subject[row]!),
    },
  };
}
