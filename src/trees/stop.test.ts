import { describe, expect, it } from 'vitest';
import { random } from '../base/portable.ts';
import { encodeModel } from './codec.ts';
import type { Dataset } from './dataset.ts';
import { logLoss } from './log-loss.ts';
import { createScorer } from './predict.ts';
import { fitStopped } from './stop.ts';

const QUICK = { learningRate: 0.2, patience: 20, depth: 3 };

/** Rows whose outcome follows the sum of four columns out of six as strongly as asked. */
function world(rows: number, strength: number, seed = 'stop'): { data: Dataset; labels: Float64Array } {
  const source = random(`${seed} ${rows} ${strength}`);
  const columns = Array.from({ length: 6 }, (_, c) => ({
    kind: 'numeric' as const,
    name: `x${c}`,
    values: Float64Array.from({ length: rows }, () => source.normal()),
  }));
  const labels = Float64Array.from({ length: rows }, (_, row) => {
    const sum = columns.slice(0, 4).reduce((total, { values }) => total + values[row]!, 0);
    return Number(strength * sum + source.normal() > 0);
  });
  return { data: { rows, columns }, labels };
}

describe('fit without a number of trees', () => {
  it('grows many where there is much to learn, and next to none where there is nothing', () => {
    const [strong, none] = [world(800, 3), world(800, 0)];
    const count = fitStopped(strong.data, strong.labels, QUICK).trees.length;
    const model = fitStopped(none.data, none.labels, QUICK);
    expect(count).toBeGreaterThan(4 * model.trees.length);
    const fresh = world(2000, 0, 'fresh');
    expect(logLoss(createScorer(model).rawBatch(fresh.data), fresh.labels)).toBeLessThan(Math.LN2 + 0.02);
  });

  it('holds out once from 4,000 rows, and is the same again', () => {
    const { data, labels } = world(4000, 0.5);
    const fits: number[] = [];
    const onProgress = (tree: number): void => void (tree === 1 && fits.push(tree));
    const model = fitStopped(data, labels, { ...QUICK, onProgress });
    expect(fits).toHaveLength(2); // the hold-out and the model
    expect(encodeModel(fitStopped(data, labels, QUICK))).toEqual(encodeModel(model));
    expect(model.trees[0]!.covers.reduce((sum, cover) => sum + cover, 0)).toBe(4000);
  });

  it('keeps the rows of a group together', () => {
    const rows = 240; // a column that tells the group, and labels that are the group's own by lot
    const source = random('groups');
    const groups = Int32Array.from({ length: rows }, (_, row) => row % 24);
    const fate = Float64Array.from({ length: 24 }, () => source.below(2));
    const labels = Float64Array.from(groups, (group) => fate[group]!);
    const values = Float64Array.from(groups);
    const data: Dataset = { rows, columns: [{ kind: 'numeric', name: 'group', values }] };
    const count = (options: { groups?: Int32Array }): number => fitStopped(data, labels, { ...QUICK, depth: 2, ...options }).trees.length;
    expect(count({ groups })).toBeLessThan(count({}) / 2);
  });

  it('grows a fixed number where too few rows tell anything apart', () => {
    const { data, labels } = world(40, 1);
    const onePositive = labels.map((_, row) => Number(row === 7));
    expect(fitStopped(data, onePositive).trees.length).toBeLessThanOrEqual(100);
    const weights = labels.map((_, row) => Number(row < 3));
    const few = labels.map((_, row) => row % 2);
    expect(() => fitStopped(data, few, { weights })).not.toThrow();
  });
});

describe('early stopping', () => {
  it('ends where a column tells the labels apart without error, although the loss never stops falling', () => {
    const rows = 400;
    const values = Float64Array.from({ length: rows }, (_, row) => row);
    const labels = values.map((value) => Number(value >= 200));
    const data: Dataset = { rows, columns: [{ kind: 'numeric', name: 'x', values }] };
    expect(fitStopped(data, labels).trees.length).toBeLessThan(1000);
  });
});
