import { exp, log } from '../base/index.ts';

/**
 * The exact two-sided p-value of `successes` in `trials` where each succeeds with probability `p` (Clopper & Pearson's
 * test by small probabilities, as R's binom.test).
 */
export function binomialTest(successes: number, trials: number, p: number): number {
  const chances = Array.from({ length: trials + 1 }, (_, k) => chance(k, trials, p));
  const seen = chances[successes]! * (1 + 1e-7);
  return Math.min(1, chances.reduce((sum, one) => (one <= seen ? sum + one : sum), 0));
}

function chance(k: number, n: number, p: number): number {
  let logarithm = k * log(p) + (n - k) * log(1 - p);
  for (let i = 1; i <= k; i++) logarithm += log((n - k + i) / i);
  return exp(logarithm);
}
