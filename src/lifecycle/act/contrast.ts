import { CLIP } from '../../experiment/index.ts';
import type { Recommendations } from './recommendations.ts';

/** What one action brings in the place of what the rules say, row by row, with noise: its mean over like rows is the effect. */
export interface Contrast {
  /** Rows where both could have been shown and are not the same. */
  readonly rows: Int32Array;
  /** The doubly robust pseudo-outcome of each. */
  readonly values: Float64Array;
}

/**
 * The pseudo-outcomes of the DR-learner (Kennedy 2023) for an action against the rules' own: what the models expect of the
 * difference, corrected by what they got wrong where either was shown. `expected` must not have seen a row that it is asked of.
 */
export function contrastOf(arm: number, { decisions, rule }: Pick<Recommendations, 'decisions' | 'rule'>, expected: Float64Array): Contrast {
  const { count, arms, action, propensity, reward } = decisions;
  const width = arms.length;
  const rows: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < count; row++) {
    const ruled = rule[row]!;
    const [of, against] = [row * width + arm, row * width + ruled];
    if (arm === ruled || !(propensity[of]! > 0) || !(propensity[against]! > 0)) continue;
    const shown = action[row]!;
    let value = expected[of]! - expected[against]!;
    if (shown === arm) value += (reward[row]! - expected[of]!) / Math.max(propensity[of]!, 1 / CLIP);
    else if (shown === ruled) value -= (reward[row]! - expected[against]!) / Math.max(propensity[against]!, 1 / CLIP);
    rows.push(row);
    values.push(value);
  }
  return { rows: Int32Array.from(rows), values: Float64Array.from(values) };
}
