import { DAY } from '../../base/index.ts';
import { situationOf } from '../../rank/index.ts';
import type { Column, Value } from '../../trees/index.ts';
import { LEAST } from './comparable.ts';
import { noRecommendations, type Recommended } from './journal.ts';
import type { Outcomes } from './outcomes.ts';
import type { Recommendations } from './recommendations.ts';

export interface Assembled {
  readonly recommendations: Recommendations;
  /** When the newest of them was made, ms. */
  readonly newest: number;
  /** Left out, because their horizon is not over. */
  readonly unripe: number;
  /** How often each action was recommended, and how often it was then done within a day: told apart, not learned from. */
  readonly followed: readonly { readonly action: string; readonly recommended: number; readonly done: number }[];
}

export interface AssembleOptions {
  readonly horizonDays: number;
  /** What is known up to here, ms. */
  readonly until: number;
  /** Column names by their content address. */
  readonly columns: (id: string) => readonly string[];
}

/**
 * Recommendations as a table to learn from: what was known, the propensities, and as the reward whether the record converted
 * within the horizon, whatever was done (intention to treat). Throws a Fault where there are too few.
 */
export function assemble(found: readonly Recommended[], outcomes: Outcomes, { horizonDays, until, columns }: AssembleOptions): Assembled {
  const ripe = found.filter(({ time }) => time + horizonDays * DAY <= until);
  if (ripe.length < LEAST) throw noRecommendations(ripe.length, LEAST, `whose ${horizonDays} days are over, of ${found.length}`);
  const arms = [...new Set(ripe.flatMap(({ chances, rule }) => [...chances.keys(), rule]))].toSorted();
  const names = columns(ripe.at(-1)!.columns);
  const subjects = new Map<string, number>();
  const numberOf = (subject: string): number => {
    if (!subjects.has(subject)) subjects.set(subject, subjects.size);
    return subjects.get(subject)!;
  };
  const placeOf = (name: string): number => arms.indexOf(name);
  const recommendations: Recommendations = {
    data: { rows: ripe.length, columns: names.map((name) => columnOf(name, ripe.map(({ columns: id, vector }) => vector[columns(id).indexOf(name)] ?? null))) },
    rule: Int32Array.from(ripe, ({ rule }) => placeOf(rule)),
    situations: ripe.map(({ facts, time, columns: id, vector, subject, grade, amount }) => situationOf({ ...facts, subject, grade, amount, now: time, vector, columns: columns(id) })),
    decisions: {
      count: ripe.length,
      arms,
      action: Int32Array.from(ripe, ({ action }) => placeOf(action)),
      propensity: Float64Array.from(ripe.flatMap(({ chances }) => arms.map((arm) => chances.get(arm) ?? 0))),
      reward: Float64Array.from(ripe, ({ subject, time }) => {
        const at = outcomes.convertedAt(subject);
        return Number(at !== undefined && at > time && at <= time + horizonDays * DAY);
      }),
      subject: Int32Array.from(ripe, ({ subject }) => numberOf(subject)),
    },
  };
  const followed = arms.map((action) => {
    const of = ripe.filter((one) => one.action === action);
    return { action, recommended: of.length, done: of.filter(({ subject, time }) => outcomes.wasDone(action.split(':')[0]!, subject, time)).length };
  });
  return { recommendations, newest: ripe.at(-1)!.time, unripe: found.length - ripe.length, followed };
}

/** A column of categories where any value is a text, else of numbers. */
function columnOf(name: string, values: readonly Value[]): Column {
  if (!values.some((value) => typeof value === 'string')) return { kind: 'numeric', name, values: Float64Array.from(values, (value) => (typeof value === 'number' ? value : NaN)) };
  const levels = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => {
    if (typeof value !== 'string') return -1;
    if (!levels.has(value)) levels.set(value, levels.size);
    return levels.get(value)!;
  });
  return { kind: 'categorical', name, levels: [...levels.keys()], codes };
}
