import { describe, expect, it } from 'vitest';
import { random, sigmoid } from '../base/portable.ts';
import { encodeModel } from './codec.ts';
import type { Dataset } from './dataset.ts';
import type { Model } from './model.ts';
import type { FitOptions } from './options.ts';
import { fitStopped } from './stop.ts';

const QUICK = { learningRate: 0.2, patience: 20, depth: 3 };

interface History {
  data: Dataset;
  labels: Float64Array;
  times: Float64Array;
}

/** Rows in no order of time; from `turn` on (0 to 1) `strength` and `level` of what drives the outcome are others. */
function history(rows: number, turn: number, after: { strength: number; level: number }): History {
  const source = random(`history ${rows} ${turn}`);
  const times = Float64Array.from({ length: rows }, () => source.uniform());
  const columns = Array.from({ length: 4 }, (_, c) => ({
    kind: 'numeric' as const,
    name: `x${c}`,
    values: Float64Array.from({ length: rows }, () => source.normal()),
  }));
  const labels = times.map((time, row) => {
    const { strength, level } = time < turn ? { strength: 2, level: 0 } : after;
    const sum = columns.reduce((total, { values }) => total + values[row]!, 0);
    return Number(source.uniform() < sigmoid(level + strength * sum));
  });
  return { data: { rows, columns }, labels, times };
}

function trained({ data, labels, times }: History, options: FitOptions = {}): Model {
  return fitStopped(data, labels, { ...QUICK, times, ...options });
}

describe('stopping on the latest rows', () => {
  it.each([800, 4500])('halves what random rows want where what was learned no longer holds: %i rows', (rows) => {
    const turned = history(rows, 0.88, { strength: -2, level: 0 });
    const model = trained(turned);
    const usual = fitStopped(turned.data, turned.labels, QUICK).trees.length;
    expect(Math.abs(model.trees.length - usual / 2)).toBeLessThanOrEqual(1);
    expect(model.trees[0]!.covers.reduce((sum, cover) => sum + cover, 0)).toBe(rows);
  });

  it('does not mind another level', () => {
    const steady = trained(history(4500, 0.88, { strength: 2, level: 0 })).trees.length;
    const risen = trained(history(4500, 0.88, { strength: 2, level: 3 })).trees.length;
    expect(risen).toBeGreaterThan(0.7 * steady);
  });

  it('takes one window of many rows, and four of few', () => {
    const fits = (rows: number): number => {
      let count = 0;
      trained(history(rows, 1, { strength: 2, level: 0 }), { onProgress: (tree) => (count += Number(tree === 1)) });
      return count;
    };
    expect([fits(900), fits(4500)]).toEqual([9, 3]); // as many at random, and the model
  });

  it('is the random one where all rows are of one time, or the late rows have one outcome', () => {
    const { data, labels, times } = history(600, 1, { strength: 2, level: 0 });
    const atRandom = encodeModel(fitStopped(data, labels, QUICK));
    expect(encodeModel(trained({ data, labels, times: times.map(() => 7) }))).toEqual(atRandom);
    const sorted = { data, labels, times: labels.map((label) => label) };
    expect(encodeModel(trained(sorted))).toEqual(atRandom);
  });

  it('keeps groups on one side', () => {
    const { data, labels, times } = history(900, 1, { strength: 2, level: 0 });
    const groups = Int32Array.from(times, (_, row) => row % 2); // each spans all of time: nothing is left to learn from
    expect(encodeModel(trained({ data, labels, times }, { groups }))).toEqual(
      encodeModel(fitStopped(data, labels, { ...QUICK, groups })),
    );
  });

  it('refuses times that are none', () => {
    const { data, labels, times } = history(50, 1, { strength: 2, level: 0 });
    expect(() => trained({ data, labels, times: times.with(3, NaN) })).toThrow('time NaN of row 3: a time is a finite number');
    expect(() => trained({ data, labels, times: times.slice(1) })).toThrow('49 times: there are 50 rows');
  });
});
