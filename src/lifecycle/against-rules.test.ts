import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { random, sigmoid } from '../base/index.ts';
import { createScorer, type Dataset } from '../trees/index.ts';
import { againstRules, isAboveRules, TOP_SHARE } from './against-rules.ts';
import { auc } from './auc.ts';
import { createLearner } from './learner.ts';
import { trainModel } from './train.ts';
import type { TrainInput } from './train-input.ts';

const all = (values: Float64Array): Int32Array => Int32Array.from(values.keys());

describe('an order beside that of the rules', () => {
  const cases = fc.integer({ min: 10, max: 300 }).chain((rows) => fc.record({
    labels: fc.array(fc.constantFrom(0, 1), { minLength: rows, maxLength: rows, size: 'max' }).map((labels) => Float64Array.from([0, 1, ...labels.slice(2)])),
    points: fc.array(fc.integer({ min: -20, max: 60 }), { minLength: rows, maxLength: rows, size: 'max' }).map((points) => Float64Array.from(points)),
    raw: fc.array(fc.integer({ min: -4, max: 4 }), { minLength: rows, maxLength: rows, size: 'max' }).map((raw) => Float64Array.from(raw)),
  }));

  test('that is the rules’ own gains nothing, and does not decide in their place', () => {
    fc.assert(fc.property(cases, ({ labels, points }) => {
      const found = againstRules({ labels, points }, { rows: all(labels), raw: points.map((each) => each / 10) })!;
      expect(found.gain).toEqual({ value: 0, low: 0, high: 0 });
      expect(found.model).toBe(found.rules);
      expect(isAboveRules(found)).toBe(false);
    }), { numRuns: 30 });
  });
  test('gains what it captures more, and loses what the other would gain', () => {
    fc.assert(fc.property(cases, ({ labels, points, raw }) => {
      const rows = all(labels);
      const [one, other] = [againstRules({ labels, points }, { rows, raw })!, againstRules({ labels, points: raw }, { rows, raw: points })!];
      expect(one.gain.value).toBeCloseTo(one.model - one.rules, 9);
      expect(one.gain.value).toBeCloseTo(-other.gain.value, 9);
    }), { numRuns: 30 });
  });
  test('that knows the outcome captures them all, up to the share', () => {
    const labels = Float64Array.from({ length: 100 }, (_, row) => Number(row % 4 === 0));
    const { model, rules, gain } = againstRules({ labels, points: new Float64Array(100) }, { rows: all(labels), raw: labels })!;
    expect(model).toBeCloseTo(20 / 25, 9);
    expect(rules).toBeCloseTo(TOP_SHARE, 9); // equal points: any of them
    expect(gain.low).toBeGreaterThan(0);
  });
  test('counts rows of one record as one draw: an interval over few records is wide', () => {
    const draw = random(4);
    const labels = Float64Array.from({ length: 600 }, (_, row) => Number(Math.floor(row / 20) % 5 === 0));
    const [points, raw] = [labels.map((label) => label + 2 * draw.normal()), labels.map((label) => label + 2 * draw.normal())];
    const width = (groups: Int32Array): number => {
      const { gain } = againstRules({ labels, points, groups }, { rows: all(labels), raw })!;
      return gain.high - gain.low;
    };
    expect(width(all(labels).map((row) => Math.floor(row / 20)))).toBeGreaterThan(1.1 * width(all(labels)));
  });
  test('is not compared without points or without outcomes', () => {
    const labels = Float64Array.from([0, 1, 0]);
    expect(againstRules({ labels }, { rows: all(labels), raw: labels })).toBeNull();
    expect(againstRules({ labels, points: labels }, { rows: Int32Array.of(0, 2), raw: new Float64Array(2) })).toBeNull();
    expect(isAboveRules(null)).toBe(true);
  });
});

describe('training with the points of rules', () => {
  /** Rows of which the points know all that can be known; four of ten columns know it, too. */
  function world(rows: number, known: 'in columns' | 'nowhere else') {
    const draw = random(`world ${rows}`);
    const columns = Array.from({ length: 10 }, (_, n) => ({ kind: 'numeric' as const, name: `x${n}`, values: Float64Array.from({ length: rows }, () => draw.uniform()) }));
    const hidden = Float64Array.from({ length: rows }, () => draw.uniform());
    const points = hidden.map((each, row) => (known === 'in columns' ? 10 * columns.slice(0, 4).filter(({ values }) => values[row]! > 0.6).length : Math.round(40 * each)));
    const labels = points.map((each) => Number(draw.uniform() < sigmoid(-3 + each / 10)));
    const data: Dataset = { rows, columns };
    return { data, labels, points, times: Float64Array.from({ length: rows }, (_, row) => row), groups: Int32Array.from({ length: rows }, (_, row) => row), seed: 1 };
  }

  test('says how the two compare on later rows, and warns where the rules find more', () => {
    const { metrics, warnings } = trainModel(world(1_200, 'nowhere else'));
    expect(metrics.againstRules).toMatchObject({ share: TOP_SHARE });
    expect(metrics.againstRules!.gain.high).toBeLessThan(0);
    expect(warnings.find(({ code }) => code === 'below-rules')).toMatchObject({ message: expect.stringMatching(/^of later outcomes the top 20.0 % by the rules holds \d+\.\d %, by the model \d+\.\d %/u) as string });
  });
  test('learns from few rows what the points tell', () => {
    const { points, ...without } = world(160, 'in columns');
    const unseen = world(3_000, 'in columns');
    const order = (input: TrainInput): number => auc(createScorer(trainModel(input).model).rawBatch(unseen.data), unseen.labels).value;
    expect(order({ ...without, points })).toBeGreaterThan(order(without) + 0.01);
  });

  test('learns from them for a part of the rows where it does for all', () => {
    const told = (rows: number): { positives: number; isLearned: boolean } => {
      const { points, ...without } = world(rows, 'nowhere else');
      const half = Int32Array.from({ length: rows / 2 }, (_, row) => row);
      const rawOf = (input: TrainInput): string => createLearner(input, {}).withTrees('half', half, 10).raw(half).join(' ');
      return { positives: half.filter((row) => without.labels[row] === 1).length, isLearned: rawOf({ ...without, points }) !== rawOf(without) };
    };
    const [many, few] = [told(1_000), told(500)];
    expect(many.positives).toBeLessThan(200);
    expect([many.isLearned, few.isLearned]).toEqual([false, true]);
  });
});
