import { Fault } from '../../base/index.ts';
import type { PolicyTable } from '../../experiment/index.ts';
import type { ActionPolicy } from '../../rank/index.ts';
import { rowsWhere } from '../rows.ts';
import { policyTable } from './policy-table.ts';
import { recommendationsAt, type Recommendations } from './recommendations.ts';
import { widen } from './widen.ts';

/** Recommendations on which policies can be held against the present one. */
export interface Comparable {
  readonly all: Recommendations;
  /** The present policy at each. */
  readonly against: PolicyTable;
  readonly leftOut: LeftOut;
}

/** Recommendations at which the present policy may do what could not be shown: they were made by a policy that allowed less. */
export interface LeftOut {
  readonly count: number;
  /** What it may do there, and could not be shown. */
  readonly actions: readonly string[];
}

/** With fewer recommendations nothing is learned. */
export const LEAST = 200;

/**
 * The recommendations at which all that the present policy does could have been shown, over the actions of all policies. Which they are
 * follows from what was known when they were made, so leaving out the others takes no side. Throws a Fault where too few are left.
 */
export function comparable(logged: Recommendations, { present, others = [] }: { present: ActionPolicy; others?: readonly ActionPolicy[] }): Comparable {
  const wide = widen(logged, [...others, present]);
  const { count, arms, propensity } = wide.decisions;
  const table = policyTable(wide.situations, present, arms);
  const blind = new Set<string>();
  const rows = rowsWhere(count, (row) => {
    let isWhole = true;
    for (let at = row * arms.length; at < (row + 1) * arms.length; at++) {
      if (!(table[at]! > 0) || propensity[at]! > 0) continue;
      isWhole = false;
      blind.add(arms[at % arms.length]!);
    }
    return isWhole;
  });
  const leftOut = { count: count - rows.length, actions: [...blind].toSorted() };
  if (leftOut.count === 0) return { all: wide, against: table, leftOut };
  if (rows.length < LEAST)
    throw new Fault({
      kind: 'missing',
      value: `${rows.length} of ${count} recommendations`,
      rule: `were made when the present policy’s ${leftOut.actions.join(', ')} could have been shown; at least ${LEAST} are needed`,
      remedy: 'let the present policy recommend for longer, or go back to one without these: `bin/leadrank policy apply`',
    });
  const against = new Float64Array(rows.length * arms.length);
  rows.forEach((row, at) => against.set(table.subarray(row * arms.length, (row + 1) * arms.length), at * arms.length));
  return { all: recommendationsAt(wide, rows), against, leftOut };
}
