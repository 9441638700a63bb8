import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from '../base/portable.ts';
import { readCatboost } from './catboost.ts';
import { decodeModel, encodeModel } from './codec.ts';
import type { Value } from './dataset.ts';
import { createScorer } from './predict.ts';

/** A file of all that can be imported: two numbers, a category, repeated borders, a scale; as CatBoost lays it out. */
function exported(): Record<string, unknown> {
  const border = 0.10000000149011612; // float32 of 0.1
  const float = { split_type: 'FloatFeature', split_index: 0 };
  return {
    features_info: {
      cat_features_hash: [
        { hash: 3489901818, value: 'a' },
        { hash: 7, value: 'b' },
      ],
      categorical_features: [{ feature_id: 'city', feature_index: 0, flat_feature_index: 1, values: [-805065478] }],
      float_features: [
        {
          feature_id: 'age',
          feature_index: 0,
          flat_feature_index: 0,
          borders: [border],
          nan_value_treatment: 'AsTrue',
        },
        { feature_id: 'fee', feature_index: 1, flat_feature_index: 2, borders: [3], nan_value_treatment: 'AsFalse' },
      ],
    },
    model_info: {
      class_params: { class_names: ['no', 'yes'] },
      params: { loss_function: { type: 'Logloss', params: {} } },
    },
    oblivious_trees: [
      {
        leaf_values: [0.1, 0.2, 0.3, 0.4],
        leaf_weights: [5, 3, 0, 2],
        splits: [
          { ...float, float_feature_index: 0, border },
          { split_type: 'OneHotFeature', cat_feature_index: 0, value: -805065478 },
        ],
      },
      { leaf_values: [1, 2], leaf_weights: [6, 4], splits: [{ ...float, float_feature_index: 1, border: 3 }] },
      { leaf_values: [0.7], leaf_weights: [10], splits: [] },
    ],
    scale_and_bias: [0.3, [0.5]],
  };
}

/** Members to replace, by path; undefined takes one away. */
type Changes = Record<string, unknown>;

function read(changes: Changes = {}): ReturnType<typeof readCatboost> {
  const file = exported();
  for (const [path, value] of Object.entries(changes)) {
    const steps = path.split('.');
    const last = steps.pop()!;
    const node = steps.reduce((at, step) => at[step] as Record<string, unknown>, file);
    if (value === undefined) delete node[last];
    else node[last] = value;
  }
  return readCatboost(JSON.stringify(file));
}

describe('readCatboost', () => {
  it('scores float splits, categories and what is missing, with the scale and the bias', () => {
    const { model, isNamed, positive, inputs } = read();
    const { raw } = createScorer(model);
    expect(model.features.map((feature) => feature.name)).toEqual(['age', 'city', 'fee']);
    expect({ isNamed, positive }).toEqual({ isNamed: true, positive: 'yes' });
    expect(inputs.map((input) => input.position)).toEqual([0, 1, 2]);
    const sum = (first: number, second: number): number => (first + second + 0.7) * 0.3 + 0.5;
    const cases: [Value[], number][] = [
      [[0, 'b', 0], sum(0.1, 1)],
      [[0.1, 'a', 3], sum(0.3, 1)], // f32(0.1) is not above f32(0.1)
      [[0.11, 'a', 3.0000001], sum(0.4, 1)], // rounds to 3
      [[0.11, 'unseen', 3.000001], sum(0.2, 2)],
      [[null, null, null], sum(0.2, 1)], // AsTrue passes, AsFalse fails
      [[-Infinity, 'a', Infinity], sum(0.3, 2)],
    ];
    for (const [row, expected] of cases) expect(raw(row)).toBe(expected);
  });

  it('explains by the last split first, as CatBoost does', () => {
    const { model } = read({ 'oblivious_trees.1.leaf_values': [0, 0], 'oblivious_trees.2.leaf_values': [0] });
    const [age, city, fee, mean] = createScorer(model).contributions([1, 'b', 0]);
    const none = (5 * 0.1 + 3 * 0.2) / 8; // not in city a; of the other city, age decides all: 0.4
    const expected = 0.8 * none + 0.2 * 0.4;
    const byAge = 0.8 * 0.2 + 0.2 * 0.4;
    expect(mean).toBeCloseTo(expected * 0.3 + 0.5, 14);
    expect(age).toBeCloseTo(0.3 * (0.5 * (byAge - expected) + 0.5 * (0.2 - none)), 14);
    expect(city).toBeCloseTo(0.3 * (0.5 * (none - expected) + 0.5 * (0.2 - byAge)), 14);
    expect(fee).toBe(0);
  });

  it('takes inputs by position where names are absent, empty or shared', () => {
    const names = (first?: string, second?: string): Changes => ({
      'features_info.float_features.0.feature_id': first,
      'features_info.float_features.1.feature_id': second,
    });
    for (const changes of [names('', ''), names('age', 'age'), names(undefined, 'x')]) {
      const { isNamed, model } = read(changes);
      expect(isNamed).toBe(false);
      expect(model.features.map((feature) => feature.name)).toEqual(['feature_0', 'feature_1', 'feature_2']);
    }
  });

  it('reads files without scale, weights, parameters or treatment of NaN', () => {
    const { model, loss, positive, hasCovers } = read({
      scale_and_bias: undefined,
      model_info: undefined,
      'oblivious_trees.0.leaf_weights': undefined,
      'oblivious_trees.1.leaf_weights': undefined,
      'features_info.float_features.0.nan_value_treatment': undefined,
      'features_info.float_features.1.nan_value_treatment': undefined,
    });
    expect({ loss, positive, hasCovers }).toEqual({ loss: null, positive: null, hasCovers: false });
    expect(createScorer(model).raw([NaN, 'b', NaN])).toBe(0.1 + 1 + 0.7);
    expect(read({ scale_and_bias: [1, 0.25] }).model.bias).toBe(0.25);
  });

  const splits = 'oblivious_trees.1.splits';
  it.each<[string, RegExp, Changes]>([
    ['several outputs', /several outputs/, { 'oblivious_trees.2.leaf_values': [1, 2, 3] }],
    ['several biases', /several outputs/, { scale_and_bias: [1, [0, 0]] }],
    ['CTR', /CTR/, { [splits]: [{ split_type: 'OnlineCtr', border: 1 }] }],
    ['texts', /splits of type/, { [splits]: [{ split_type: 'EstimatedFeature' }] }],
    ['asymmetric trees', /not symmetric/, { trees: [], oblivious_trees: undefined }],
    ['deep trees', /depth 9/, { [splits]: Array.from({ length: 9 }, () => ({ border: 1 })) }],
    ['a category without text', /pool=POOL/, { 'features_info.cat_features_hash': undefined }],
    ['an unknown feature', /not there/, { [`${splits}.0.float_feature_index`]: 9 }],
    ['a border beyond float32', /float32/, { [`${splits}.0.border`]: 1e39 }],
    ['too few leaves', /2 leaf values/, { 'oblivious_trees.1.leaf_values': [1] }],
    ['a leaf that is no number', /finite number/, { 'oblivious_trees.1.leaf_values': [1, null] }],
    ['no trees', /oblivious_trees/, { oblivious_trees: undefined }],
  ])('refuses %s with one clear line', (_name, message, changes) => {
    expect(() => read(changes)).toThrow(Fault);
    expect(() => read(changes)).toThrow(message);
    expect(() => read(changes)).toThrow(/^[^\n]+$/);
  });

  it('gives a model or a Fault for any text, and for any file with a part of it changed', () => {
    const outcome = (text: string): void => {
      try {
        const { model } = readCatboost(text);
        expect(decodeModel(encodeModel(model))).toEqual(model);
        expect(createScorer(model).raw(model.features.map(() => null))).toBeTypeOf('number');
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
      }
    };
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), outcome));
    const odd = fc.oneof(
      fc.constantFrom(null, -1, 0, 1e308, -0, 2 ** 40, 0.5, '', 'FloatFeature', [], {}, [[]]),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.nat(), odd, fc.boolean(), (pick, value, drop) => {
        const file = exported();
        const places: [Record<string, unknown>, string][] = [];
        const visit = (node: unknown): void => {
          if (typeof node !== 'object' || node === null) return;
          for (const key of Object.keys(node)) {
            places.push([node as Record<string, unknown>, key]);
            visit((node as Record<string, unknown>)[key]);
          }
        };
        visit(file);
        const [node, key] = places[pick % places.length]!;
        if (drop) delete node[key];
        else node[key] = value;
        outcome(JSON.stringify(file));
      }),
      { numRuns: 500 },
    );
  });
});

/** Models that CatBoost trained and exported, with what it predicted for ten rows each. */
const FOLDER = new URL('../../../shared/data/trees/', import.meta.url);
const isAbsent = !existsSync(FOLDER) && process.env.CI === undefined;
const textOf = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

describe.skipIf(isAbsent)('models of CatBoost (skipped where ../shared/data/trees is absent)', () => {
  it.each(['and', 'or', 'xor', 'regression'])('score as CatBoost does, to the last bit: %s', (name) => {
    const { x, y } = JSON.parse(textOf(`${name}.json`)) as { x: number[][]; y: number[] };
    const { model } = readCatboost(textOf(`${name}-model.json`));
    const scorer = createScorer(model);
    expect(x).toHaveLength(10);
    expect(x.map((row) => scorer.raw(row))).toEqual(y);
  });

  it('equal a plain reading of their file: codrna, with values on its borders', () => {
    const text = textOf('codrna.json');
    const { raw, contributions } = createScorer(readCatboost(text).model);
    const file = JSON.parse(text) as {
      oblivious_trees: { leaf_values: number[]; splits: { border: number; float_feature_index: number }[] }[];
      scale_and_bias: [number, [number]];
    };
    const plain = (row: number[]): number => {
      let sum = 0;
      for (const { leaf_values, splits } of file.oblivious_trees) {
        sum +=
          leaf_values[
            splits.reduce(
              (at, { border, float_feature_index: f }, k) => at | (Number(Math.fround(row[f]!) > border) << k),
              0,
            )
          ]!;
      }
      return sum * file.scale_and_bias[0] + file.scale_and_bias[1][0];
    };
    const rows = textOf('codrna_test.tsv').trim().split('\n').slice(0, 200);
    const values = rows.map((line) => line.split('\t').slice(1).map(Number));
    file.oblivious_trees.slice(0, 200).forEach(({ splits }, i) => {
      for (const { border, float_feature_index: f } of splits) values[i]![f] = border;
    });
    for (const row of values) {
      expect(raw(row)).toBe(plain(row));
      const sum = contributions(row).reduce((total, one) => total + one, 0);
      expect(Math.abs(sum - raw(row))).toBeLessThan(1e-9);
    }
  });
});
