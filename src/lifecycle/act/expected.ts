import { sigmoid } from '../../base/index.ts';
import { createScorer, fit, type Dataset, type FitOptions } from '../../trees/index.ts';
import { take, takeRows } from '../rows.ts';
import type { Recommendations } from './recommendations.ts';

/** The expected reward of each action at rows of a table, rows × actions. */
export type ExpectedOf = (rows: Int32Array) => Float64Array;

/** With fewer rows or rewards of its own, an action is expected to bring what all do. */
const LEAST_ROWS = 100;
const LEAST_REWARDS = 15;

const SHARED: FitOptions = { trees: 120, depth: 4, learningRate: 0.08, l2: 20, subsample: 0.8 };
const OF_ARM: FitOptions = { trees: 40, depth: 2, learningRate: 0.08, l2: 20, subsample: 0.8 };

/**
 * A T-learner (Künzel et al. 2019): one model an action. Each also sees the score of a model of all actions, so that an action
 * that was rarely shown learns only where it differs. `rows` are those to learn from.
 */
export function learnExpected({ data, decisions: { arms, action, reward } }: Recommendations, rows: Int32Array, seed: number): ExpectedOf {
  const isOutcome = reward.every((value) => value === 0 || value === 1);
  const loss = isOutcome ? 'log-loss' : 'rmse';
  const link = isOutcome ? sigmoid : (raw: number): number => raw;
  const train = (part: Dataset, of: Int32Array, options: FitOptions): ReturnType<typeof createScorer> =>
    createScorer(fit(part, take(reward, of), { ...options, loss, seed, threads: 1 }));

  const mean = take(reward, rows).reduce((sum, value) => sum + value, 0) / Math.max(1, rows.length);
  if (!varies(reward, rows)) return (asked) => new Float64Array(asked.length * arms.length).fill(mean);
  const shared = train(takeRows(data, rows), rows, SHARED);
  const withScore = (of: Int32Array): Dataset => {
    const part = takeRows(data, of);
    return { rows: part.rows, columns: [...part.columns, { kind: 'numeric', name: SCORE, values: shared.rawBatch(part) }] };
  };
  const own = arms.map((_, arm) => {
    const shown = rows.filter((row) => action[row] === arm);
    const rewarded = shown.reduce((sum, row) => sum + Number(reward[row] !== 0), 0);
    if (shown.length < LEAST_ROWS || rewarded < LEAST_REWARDS || !varies(reward, shown)) return null;
    return train(withScore(shown), shown, OF_ARM);
  });
  return (asked) => {
    const part = withScore(asked);
    const table = new Float64Array(asked.length * arms.length);
    const all = shared.rawBatch(part);
    for (const [arm, scorer] of own.entries()) {
      const raw = scorer === null ? all : scorer.rawBatch(part);
      for (let at = 0; at < asked.length; at++) table[at * arms.length + arm] = link(raw[at]!);
    }
    return table;
  };
}

/** The name of a column that no feature has. */
const SCORE = '_score of all';

const varies = (values: Float64Array, rows: Int32Array): boolean => rows.some((row) => values[row] !== values[rows[0]!]);
