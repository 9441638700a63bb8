import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { random, sigmoid } from '../base/portable.ts';
import { labelledTables } from './arbitraries.fixture.ts';
import { encodeModel } from './codec.ts';
import type { Dataset } from './dataset.ts';
import { logLoss } from './log-loss.ts';
import type { FitOptions } from './options.ts';
import { createScorer } from './predict.ts';
import { fitStopped as fit } from './stop.ts';

/** Rows whose chance is a step of two of ten columns. */
function world(rows: number, seed: string): { data: Dataset; chances: Float64Array; labels: Float64Array } {
  const source = random(seed);
  const columns = Array.from({ length: 10 }, (_, n) => ({ kind: 'numeric' as const, name: `x${n}`, values: Float64Array.from({ length: rows }, () => source.uniform()) }));
  const [a, b] = [columns[0]!.values, columns[1]!.values];
  const chances = a.map((value, row) => sigmoid(-2 + (value > 0.6 ? 2 : 0) + (b[row]! > 0.4 ? 1 : 0)));
  return { data: { rows, columns }, chances, labels: chances.map((chance) => Number(source.uniform() < chance)) };
}

const { data: unseen, labels: outcomes } = world(5_000, 'unseen');
const lossOf = (rows: number, prior: (chances: Float64Array) => FitOptions): number => {
  const { data, chances, labels } = world(rows, 'training');
  return logLoss(createScorer(fit(data, labels, { seed: 1, ...prior(chances) })).rawBatch(unseen), outcomes);
};

describe('a prior', () => {
  it('is what a model of few outcomes says, and better than their own word', () => {
    const without = lossOf(150, () => ({}));
    expect(lossOf(150, (chances) => ({ prior: chances }))).toBeLessThan(without - 0.005);
  });
  it('that is wrong gives way to many outcomes', () => {
    const without = lossOf(6_000, () => ({}));
    expect(lossOf(6_000, (chances) => ({ prior: chances.map((chance) => 1 - chance) }))).toBeLessThan(without + 0.01);
  });
  it('that says the same of all rows leaves what outcomes say', () => {
    const { data, labels } = world(2_000, 'training');
    const rate = labels.reduce((sum, label) => sum + label, 0) / labels.length;
    const model = fit(data, labels, { seed: 1, prior: labels.map(() => rate) });
    expect(logLoss(createScorer(model).rawBatch(unseen), outcomes)).toBeLessThan(lossOf(2_000, () => ({})) + 0.005);
  });
  it('gives the same model on any number of threads, on tables of any kind', () => {
    fc.assert(fc.property(labelledTables(), fc.integer(), ({ data, labels }, seed) => {
      const prior = labels.map((_, row) => (row % 5) / 4);
      const bytes = (threads: number): Uint8Array => encodeModel(fit(data, labels, { seed: 1 + (seed & 7), prior, trees: 50, depth: 2, threads }));
      expect(bytes(2)).toEqual(bytes(1));
    }), { numRuns: 3 });
  });
  it('is refused where it is no chance, not one a row, or there is nothing for it to be a chance of', () => {
    const { data, labels } = world(20, 'training');
    const told = (prior: number[], options: FitOptions = {}): (() => unknown) => () => fit(data, labels, { trees: 3, prior: Float64Array.from(prior), ...options });
    expect(told(Array(20).fill(1.5))).toThrow(/chance 1.5: a chance lies from 0 to 1/u);
    expect(told([...Array<number>(19).fill(0.5), NaN])).toThrow(/chance NaN/u);
    expect(told([0.5])).toThrow(/1 chances: there are 20 rows/u);
    expect(told(Array(20).fill(0.5), { loss: 'rmse' })).toThrow(/a prior for rmse/u);
  });
});
