import type { ActionPolicy } from '../../rank/index.ts';
import type { Recommendations } from './recommendations.ts';

/** With the actions that only these policies have behind those that were logged: those could not be shown. */
export function widen(all: Recommendations, policies: readonly ActionPolicy[]): Recommendations {
  const { count, arms: known, propensity } = all.decisions;
  const arms = [...new Set([...known, ...policies.flatMap((policy) => policy.arms.map(({ name }) => name))])];
  const wide = new Float64Array(count * arms.length);
  for (let row = 0; row < count; row++) wide.set(propensity.subarray(row * known.length, (row + 1) * known.length), row * arms.length);
  return { ...all, decisions: { ...all.decisions, arms, propensity: wide } };
}
