import { log, mix32 } from '../../base/index.ts';
import type { Arm } from './arm.ts';

/** An action with the probability of being shown. */
export interface Chance {
  readonly arm: Arm;
  readonly propensity: number;
}

/** What is left of 1 by rounding alone. */
const TINY = 1e-12;

/**
 * How likely each action is: the best but for a share `epsilon` of decisions, which goes to all by their weights. The sum is
 * 1; what has no weight and is not the best has none.
 */
export function chances(left: readonly Arm[], best: Arm, epsilon: number): Chance[] {
  const sum = left.reduce((all, { explore }) => all + explore, 0);
  const share = sum > 0 ? epsilon / sum : 0;
  const others = left.flatMap((arm) => (arm === best || !(share * arm.explore > 0) ? [] : [{ arm, propensity: share * arm.explore }]));
  const rest = others.reduce((all, { propensity }) => all + propensity, 0);
  return 1 - rest < TINY ? others : [{ arm: best, propensity: 1 - rest }, ...others];
}

/**
 * Draws one of them. Each action has a random number of its own for the seed, and the fastest of exponential clocks that run at
 * the propensities wins: the draw has exactly these probabilities, and where an action goes or a weight moves a little, what
 * was drawn mostly stays.
 */
export function draw(among: readonly Chance[], seed: number): Chance {
  if (among.length === 1) return among[0]!;
  let [winner, first] = [among[0]!, Infinity];
  for (const chance of among) {
    const uniform = (mix32(seed ^ chance.arm.salt) + 0.5) / 2 ** 32;
    const time = -log(uniform) / chance.propensity;
    if (time < first) [winner, first] = [chance, time];
  }
  return winner;
}
