import type { PolicyTable } from '../../experiment/index.ts';
import { createScorer } from '../../trees/index.ts';
import { takeRows } from '../rows.ts';
import type { ArmEffect } from './effects.ts';
import type { Recommendations } from './recommendations.ts';

/** What an action needs to be chosen, beside its effect. */
export interface ArmChoice {
  readonly name: string;
  readonly explore: number;
  readonly least: number;
}

/** Effects of every action at rows, rows × actions; NaN where none is known. */
export function effectTable({ data, decisions: { arms } }: Recommendations, rows: Int32Array, effects: readonly ArmEffect[]): Float64Array {
  const table = new Float64Array(rows.length * arms.length).fill(NaN);
  const part = takeRows(data, rows);
  for (const { arm, offset, slope, model } of effects) {
    const place = arms.indexOf(arm);
    const raw = model === null ? null : createScorer(model).rawBatch(part);
    for (let at = 0; at < rows.length; at++) table[at * arms.length + place] = offset + (raw === null ? 0 : slope * raw[at]!);
  }
  return table;
}

/** The place of the best action at each row: the largest effect above what it must be, else what the rules say. */
export function bestArms({ decisions, rule }: Recommendations, rows: Int32Array, table: Float64Array, choices: readonly ArmChoice[]): Int32Array {
  const { arms, propensity } = decisions;
  const least = arms.map((name) => choices.find((choice) => choice.name === name)?.least ?? 0);
  return rows.map((row, at) => {
    let [best, most] = [rule[row]!, 0];
    for (let arm = 0; arm < arms.length; arm++) {
      const worth = table[at * arms.length + arm]! - least[arm]!;
      if (arm !== rule[row] && propensity[row * arms.length + arm]! > 0 && worth > most) [best, most] = [arm, worth];
    }
    return best;
  });
}

/** The probabilities under which a policy shows these best actions: all but a share of them, and that share by lot. */
export function explored({ decisions }: Recommendations, rows: Int32Array, best: Int32Array, { exploration, choices }: { exploration: number; choices: readonly ArmChoice[] }): PolicyTable {
  const { arms, propensity } = decisions;
  const weights = arms.map((name) => choices.find((choice) => choice.name === name)?.explore ?? 1);
  const table = new Float64Array(rows.length * arms.length);
  rows.forEach((row, at) => {
    const possible = weights.map((weight, arm) => (propensity[row * arms.length + arm]! > 0 ? weight : 0));
    const sum = possible.reduce((all, weight) => all + weight, 0);
    possible.forEach((weight, arm) => (table[at * arms.length + arm] = sum > 0 ? (exploration * weight) / sum : 0));
    table[at * arms.length + best[at]!]! += sum > 0 ? 1 - exploration : 1;
  });
  return table;
}
