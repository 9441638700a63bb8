import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../trees/index.ts';
import { COLUMNS, documents, vectors } from '../arbitrary.fixture.ts';
import { parseRules, pointsOf } from '../index.ts';
import { agreementOf, kendall } from './agreement.ts';
import { compareRules, type History } from './compare.ts';
import { qualityOf, rankingOf } from './ranking.ts';
import { ruledTable } from './table.ts';

/** Pair by pair, as it is defined. */
function plainKendall(a: Float64Array, b: Float64Array): number {
  let [sum, tiedA, tiedB, all] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      const [x, y] = [Math.sign(a[i]! - a[j]!), Math.sign(b[i]! - b[j]!)];
      all += 1;
      sum += x * y;
      tiedA += Number(x === 0);
      tiedB += Number(y === 0);
    }
  }
  return sum / Math.sqrt((all - tiedA) * (all - tiedB));
}

const points = (length: number): fc.Arbitrary<Float64Array> => fc.array(fc.integer({ min: 0, max: 6 }), { minLength: length, maxLength: length }).map((list) => Float64Array.from(list));
const twoLists = fc.integer({ min: 2, max: 40 }).chain((length) => fc.tuple(points(length), points(length)));

describe('rank agreement', () => {
  test('Kendall is what its definition gives', () => {
    fc.assert(
      fc.property(twoLists, ([a, b]) => {
        expect(kendall(a, b) || 0).toBeCloseTo(plainKendall(a, b) || 0, 12);
      }),
    );
  });

  test('of an order with itself is one, with its reverse minus one', () => {
    const a = Float64Array.from([3, 1, 4, 1, 5, 9, 2, 6]);
    const back = a.map((value) => -value);
    expect(agreementOf(a, a).kendall).toBeCloseTo(1, 12);
    expect(agreementOf(a, back).kendall).toBeCloseTo(-1, 12);
    expect(agreementOf(a, back).spearman).toBeCloseTo(-1, 12);
    expect(agreementOf(a, a.map(() => 1)).kendall).toBeNaN();
  });
});

describe('the quality of a ranking', () => {
  test('AUC is the share of pairs in order, ties half; weights stand for repeated rows', () => {
    fc.assert(
      fc.property(twoLists, ([scores, raw]) => {
        const labels = raw.map((value) => Number(value > 3));
        const weights = raw.map((value) => 1 + (value % 3));
        let [beaten, all] = [0, 0];
        for (let i = 0; i < scores.length; i++) {
          for (let j = 0; j < scores.length; j++) {
            if (labels[i] !== 1 || labels[j] !== 0) continue;
            all += weights[i]! * weights[j]!;
            beaten += weights[i]! * weights[j]! * (scores[i]! > scores[j]! ? 1 : scores[i] === scores[j] ? 0.5 : 0);
          }
        }
        const { auc, tops } = qualityOf(rankingOf(scores), labels, weights, [0.5, 1]);
        if (all === 0) expect(auc).toBeNaN();
        else {
          expect(auc).toBeCloseTo(beaten / all, 10);
          expect(tops[1]!.captured).toBeCloseTo(1, 10);
        }
      }),
    );
  });

  test('a share that ends among equals takes the mean of them', () => {
    const { tops } = qualityOf(rankingOf(Float64Array.from([5, 5, 5, 5, 1])), Float64Array.from([1, 0, 1, 0, 0]), new Float64Array(5).fill(1), [0.2, 0.4, 0.8]);
    expect(tops.map(({ captured }) => captured)).toEqual([0.25, 0.5, 1].map((value) => expect.closeTo(value, 12) as number));
    expect(tops[0]!.lift).toBeCloseTo(1.25, 12);
  });
});

const historyOf = (rows: readonly (readonly (string | number | null)[])[], labels: readonly number[]): History => {
  const columns = COLUMNS.map((name, i): Dataset['columns'][number] => {
    const values = rows.map((row) => row[i] ?? null);
    if (name !== 'industry') return { kind: 'numeric', name, values: Float64Array.from(values, (value) => (value === null ? NaN : Number(value))) };
    const levels = [...new Set(values.filter((value) => typeof value === 'string'))];
    return { kind: 'categorical', name, levels, codes: Int32Array.from(values, (value) => (value === null ? -1 : levels.indexOf(value as string))) };
  });
  return {
    data: { rows: rows.length, columns },
    labels: Float64Array.from(labels),
    weights: new Float64Array(rows.length).fill(1),
    times: Float64Array.from(rows.keys()),
    subjects: rows.map((_, i) => `ld_${i}`),
    groups: Int32Array.from(rows.keys()),
  };
};

test('a table gives each row the points that its vector has', () => {
  fc.assert(
    fc.property(documents(), fc.array(vectors, { minLength: 1, maxLength: 9 }), (raw, rows) => {
      const rules = parseRules(raw, COLUMNS);
      const table = ruledTable(rules, historyOf(rows, rows.map(() => 0)).data);
      expect([...table.points()]).toEqual(rows.map((row) => pointsOf(rules, COLUMNS, row)));
    }),
  );
});

test('two sets are compared: what the new one gains, what its rules did, who moves most and why', () => {
  const rule = (id: string, feature: string, value: number): object => ({ id, theme: id, points: 10, when: { feature, is: '>=', value }, sentence: id });
  const setOf = (...rules: object[]): ReturnType<typeof parseRules> => parseRules({ version: 1, base: 0, caps: {}, rules }, COLUMNS);
  // Whoever visits buys; size says nothing.
  const rows = Array.from({ length: 200 }, (_, i) => [i % 4 === 0 ? 3 : 0, null, 1, i % 2 === 0 ? 20 : 5] as const);
  const history = historyOf(rows, rows.map(([visits], i) => Number(visits === 3 ? i % 8 !== 0 : i % 50 === 1)));
  const [present, next] = [setOf(rule('large', 'employees', 10)), setOf(rule('large', 'employees', 10), rule('visited', 'visits', 1))];
  const result = compareRules({ present, next, part: present }, history);
  expect(result).toMatchObject({ samples: 200, records: 200, positives: 29 });
  expect(result.next.auc).toBeGreaterThan(result.present.auc);
  expect(result.gain.auc.low).toBeGreaterThan(0);
  expect(result.gain.auc.value).toBeCloseTo(result.next.auc - result.present.auc, 12);
  expect(result.formula!.kendall).toBeCloseTo(result.agreement.kendall, 12);
  expect(result.rules.map(({ rule: id, share, points: added }) => [id, share, added])).toEqual([['large', 0.5, 10], ['visited', 0.25, 10]]);
  expect(result.rules[1]!.lift).toBeCloseTo((25 / 50) / (29 / 200), 12);
  expect(result.movers.up[0]).toMatchObject({ before: 10, after: 20, rules: [{ rule: 'visited', points: 10 }] });
  expect(result.movers.down[0]!.rules).toEqual([]);
  expect(compareRules({ present, next: present }, history).movers).toEqual({ up: [], down: [] });
});
