import type { PolicyTable } from '../../experiment/index.ts';
import { actionChances, type ActionPolicy, type Situation } from '../../rank/index.ts';

/**
 * The probabilities of a policy at situations, situations × `arms`: it chooses by the very function that recommends. `arms` hold all
 * that the policy may recommend.
 */
export function policyTable(situations: readonly Situation[], policy: ActionPolicy, arms: readonly string[]): PolicyTable {
  const places = new Map(arms.map((name, place) => [name, place]));
  const table = new Float64Array(situations.length * arms.length);
  situations.forEach((situation, row) => {
    for (const [name, chance] of actionChances(situation, policy)) table[row * arms.length + places.get(name)!] = chance;
  });
  return table;
}
