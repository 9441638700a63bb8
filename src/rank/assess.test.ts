import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../base/index.ts';
import { LEAD_FEATURES } from '../features/index.ts';
import { chanceOf, DEFAULT_RULES, evaluate, parseRules } from '../rules/index.ts';
import { createScorer, type Value } from '../trees/index.ts';
import { assess, explained, type AssessInput, type Engine } from './assess.ts';
import { loadModel, type LoadedModel } from './model.ts';
import { bundleFixture, modelFeatures } from './model.fixture.ts';
import type { Grade } from './assessment.ts';
import type { LastScore } from './last.ts';
import { portable } from './portable.ts';
import { rate } from './rate.ts';

const now = Date.UTC(2026, 2, 2, 9);
const columns = LEAD_FEATURES.map(({ name }) => name);
const rules = parseRules(DEFAULT_RULES, columns);
const { bundle, rows } = bundleFixture();
const model = loadModel(bundle);
const engine: Engine = { model, rules, columns };

/** A vector of the node's columns, which are more than the model's and in another order. */
const vectorOf = (row: readonly Value[]): Value[] =>
  columns.map((name) => {
    const at = modelFeatures.findIndex((feature) => feature.name === name);
    return at < 0 ? null : (row[at] ?? null);
  });
const input = (row: readonly Value[], over: Partial<AssessInput> = {}): AssessInput => ({
  subject: 'ld_a',
  vector: vectorOf(row),
  sources: [{ source: 'web', ageMs: HOUR, stale: false }],
  last: null,
  created: now - 9 * DAY,
  lastTouch: null,
  lastEvent: now - DAY,
  ...over,
});
const last: LastScore = {
  time: now - 3 * HOUR,
  score: 77,
  grade: 'B',
  probability: 0.3,
  bundle: 'b',
  reasons: [{ theme: 'fit', direction: 'for', sentence: 'said', effect: 1 }],
};
const aRow = fc.constantFrom(...rows);
const failing = (score: LoadedModel['score']): LoadedModel => ({ id: 'x', columns: [], levels: [], valueEffects: () => [], standing: () => null, score, rate: score });

describe('with a model', () => {
  test('raw, probability and score are those of the bundle, whatever the order of the columns', () => {
    const scorer = createScorer(bundle.model);
    fc.assert(
      fc.property(aRow, (row) => {
        const answer = assess(input(row), now, engine);
        expect(answer).toMatchObject({ level: 'L0', levelReason: null, subject: 'ld_a' });
        expect(answer.raw).toBe(scorer.raw(row));
        expect(answer.probability).toBeGreaterThan(0);
        expect(answer.probability).toBeLessThan(1);
        expect(answer.score).toBeGreaterThanOrEqual(0);
        expect(answer.score).toBeLessThanOrEqual(100);
      }),
    );
  });

  test('a higher raw is never a lower score, grade or probability', () => {
    const answers = rows.map((row) => assess(input(row), now, engine)).toSorted((a, b) => a.raw! - b.raw!);
    answers.slice(1).forEach((answer, at) => {
      const below = answers[at]!;
      expect(answer.score).toBeGreaterThanOrEqual(below.score);
      expect(answer.probability).toBeGreaterThanOrEqual(below.probability!);
      expect(answer.grade <= below.grade).toBe(true);
    });
    expect(new Set(answers.map(({ grade }) => grade)).size).toBe(4);
  });

  test('the reasons are the themes of the exact contributions, in the words of the declarations', () => {
    const scorer = createScorer(bundle.model);
    fc.assert(
      fc.property(aRow, (row) => {
        const shares = scorer.contributions(row);
        for (const { theme, effect, direction, sentence } of assess(input(row), now, engine).reasons) {
          const sum = modelFeatures.reduce(
            (all, feature, at) => (feature.theme === theme ? all + shares[at]! : all),
            0,
          );
          expect(effect).toBeCloseTo(sum, 12);
          expect(direction).toBe(effect > 0 ? 'for' : 'against');
          expect(sentence).not.toMatch(/[{}]|undefined|NaN/);
        }
      }),
    );
  });

  test('a stale source lowers the level and is named; the answer stays', () => {
    const sources = [
      { source: 'web', ageMs: 3 * DAY, stale: true },
      { source: 'email', ageMs: 5 * DAY, stale: true },
    ];
    const [fresh, stale] = [assess(input(rows[0]!), now, engine), assess(input(rows[0]!, { sources }), now, engine)];
    expect(stale).toEqual({
      ...fresh,
      level: 'L1',
      levelReason: 'Data is late: web was last heard 3 days ago and email was last heard 5 days ago',
    });
  });

  test('keeps the last grade where the score is near its bound', () => {
    const at = rows.map((row) => assess(input(row), now, engine)).findIndex(({ score }) => score === 79);
    expect(at).toBeGreaterThanOrEqual(0);
    expect(assess(input(rows[at]!, { last: { ...last, grade: 'A' } }), now, engine).grade).toBe('A');
    expect(assess(input(rows[at]!), now, engine).grade).toBe('B');
  });

  test('within a segment that the model knows, the grade goes by the standing there', () => {
    const place = columns.indexOf('industry');
    const quantiles = new Map([['energy', Float64Array.of(98, 99)], ['retail', Float64Array.of(-99, -98)]]);
    const divided = loadModel({ ...bundle, segments: [{ feature: 'industry', fewest: 2, quantiles }] });
    const by = (feature: string | null): Engine => ({ ...engine, model: divided, grades: { by: feature, A: 80, B: 50, C: 20, margin: 3 } });
    for (const row of rows.slice(0, 60)) {
      const value = vectorOf(row)[place] as string;
      const [plain, graded] = [assess(input(row), now, by(null)), assess(input(row), now, by('industry'))];
      expect(plain.standing).toEqual({ percentile: plain.score, among: null });
      if (value === 'health') expect(graded).toEqual(plain);
      else expect(graded).toEqual({ ...plain, grade: value === 'energy' ? 'D' : 'A', standing: { percentile: value === 'energy' ? 0 : 100, among: { feature: 'industry', value } } });
    }
    expect(assess(input(rows[0]!), now, by('country')).standing).toEqual({ percentile: assess(input(rows[0]!), now, engine).score, among: null });
  });

  test('is in all that a list goes by its rating, to the same bits, at every level', () => {
    const engines: Engine[] = [engine, { ...engine, fault: 'late' }, { ...engine, model: null }, { ...engine, arm: 'control' }, { ...engine, lacks: { features: 'gone' } }, { ...engine, lacks: { value: 'no amount' } }];
    fc.assert(fc.property(aRow, fc.constantFrom(...engines), fc.constantFrom(last, null), fc.boolean(), (row, with_, held, stale) => {
      const given = input(row, { last: held, sources: [{ source: 'web', ageMs: 3 * DAY, stale }] });
      const { reasons: _r, sum: _s, action: _a, ...rating } = assess(given, now, with_);
      expect(rate(given, now, with_)).toStrictEqual(rating);
    }));
  });

  test('is the same from a journalled vector', () => {
    const odd = fc.oneof(fc.double(), fc.constant(null), fc.constantFrom('energy', 'new'));
    fc.assert(
      fc.property(fc.array(odd, { minLength: 5, maxLength: 5 }), (row) => {
        const once = input(row.map((value, at) => ((typeof value === 'string') === (at === 0) ? value : null)));
        const again = JSON.parse(JSON.stringify({ ...once, vector: portable(once.vector) })) as AssessInput;
        expect(assess(again, now, engine)).toStrictEqual(assess(once, now, engine));
      }),
    );
  });
});

describe('without an answer of the model', () => {
  test.each<[string, Partial<Engine>, string]>([
    ['no model', { model: null }, 'no model is loaded'],
    [
      'one that throws',
      {
        model: failing(() => {
          throw new Error('inner');
        }),
      },
      'the model failed on this record',
    ],
    ['one without a finite answer', { model: failing(() => null) }, 'the model gave no finite score'],
    [
      'one whose input is not kept',
      { columns: columns.filter((name) => name !== 'employees') },
      'the model failed: employees is needed by the model and is not kept by this node',
    ],
    ['one that may not be asked', { fault: 'the deadline passed' }, 'the deadline passed'],
  ])('%s: the last score answers and says its age and why', (_name, over, why) => {
    const answer = assess(input(rows[0]!, { last }), now, { ...engine, ...over });
    expect(answer).toMatchObject({
      level: 'L2',
      levelReason: `Last score, 3 hours old: ${why}`,
      raw: null,
      probability: 0.3,
      score: 77,
      grade: 'B',
      reasons: last.reasons,
    });
  });

  test.each([
    ['none', null],
    ['one of eight days ago', { ...last, time: now - 8 * DAY }],
  ])('with %s for a last score, the rules answer', (_name, held) => {
    const row = rows.find(([, , visits, replies]) => Number(visits) >= 3 && Number(replies) >= 1)!;
    const answer = assess(input(row, { last: held }), now, { ...engine, model: null });
    const { points } = evaluate(rules, columns, vectorOf(row));
    expect(answer).toMatchObject({
      level: 'L3',
      levelReason: 'Rules by design: no model decides of such records yet',
      raw: null,
      probability: null,
      score: points,
      share: chanceOf(points, rules.chances),
    });
    const missing = assess(input(row, { last: held }), now, { ...engine, fault: 'the model could not be loaded' });
    expect(missing).toEqual({ ...answer, levelReason: 'Rules only: the model could not be loaded' });
    expect(answer.reasons.map(({ sentence }) => sentence)).toContain(`${row[2]} visits to the site in the last 7 days`);
  });

  test('a bundle without reference scores is refused by name', () => {
    expect(() => loadModel({ ...bundle, percentiles: new Float64Array(0) })).toThrow(/has no reference scores/);
  });
});

describe('what lacks', () => {
  const row = rows[0]!;
  const whole = assess(input(row, { last }), now, engine);

  test('without features nobody is told to contact, whatever answers', () => {
    for (const held of [last, null]) {
      const answer = assess(input(row, { last: held }), now, { ...engine, lacks: { features: 'gone' } });
      expect(answer).toMatchObject(held === null ? { level: 'L3', levelReason: 'Rules only: gone' } : { level: 'L2', levelReason: 'Last score, 3 hours old: gone' });
      expect(answer.action).toMatchObject({ kind: 'wait', propensity: 1, alternatives: [] });
    }
  });

  test('a value or a policy that lacks leaves the score as it is', () => {
    const answer = assess(input(row, { last }), now, { ...engine, lacks: { value: 'no amount', actions: 'no policy', last: 'unread' } });
    expect(answer).toEqual({ ...whole, value: null, expectedValue: null, levelReason: 'Without a value: no amount; Actions as leadrank comes: no policy' });
  });

  test('a model of the amount that fails takes only the value', () => {
    const score: LoadedModel['score'] = (...given) => ({ ...model.score(...given)!, value: null, valueFault: 'it failed' });
    expect(assess(input(row), now, { ...engine, model: failing(score) })).toMatchObject({ level: 'L0', raw: whole.raw, levelReason: 'Without a value: it failed' });
  });

  test('a grade by rules holds until the points are the margin beyond the bound', () => {
    const withPoints = (points: number): Engine => ({ ...engine, model: null, rules: { ...rules, base: points, rules: [] } });
    const grades = (points: readonly number[], first: Grade | null = null): string => {
      let pointsGrade = first;
      return points.map((one) => (pointsGrade = assess(input(rows[0]!, { pointsGrade }), now, withPoints(one)).grade)).join('');
    };
    expect(grades([79, 80, 79, 80])).toBe('BBBB');
    expect(grades([80, 79, 78, 77, 76, 77, 80, 83])).toBe('AAAABBBA');
    expect(grades([79, 82, 83, 80])).toBe('BBAA');
    expect(grades([10], 'A')).toBe('D');
    expect(rate(input(rows[0]!, { pointsGrade: 'A' }), now, withPoints(79)).grade).toBe('A');
    expect(assess(input(rows[0]!, { pointsGrade: 'A' }), now, engine)).toEqual(assess(input(rows[0]!), now, engine)); // the model's own grade goes by its own
  });

  test('in the control arm the rules answer, whether the model could or not', () => {
    for (const over of [{}, { model: null }, { fault: 'late' }]) {
      const answer = assess(input(row, { last }), now, { ...engine, ...over, arm: 'control' });
      expect(answer).toEqual({ ...assess(input(row), now, { ...engine, model: null }), levelReason: 'Control arm' });
      expect(explained(input(row, { last }), now, { ...engine, ...over, arm: 'control' })!.by).toBe(rules.hash);
    }
    expect(assess(input(row, { last }), now, { ...engine, arm: 'treatment' })).toEqual(whole);
  });

  test('in the control arm no last score of the model answers for what cannot be read either', () => {
    const blind = { ...engine, lacks: { features: 'unread' }, arm: 'control' };
    const answer = assess(input(row, { last }), now, blind);
    expect(answer).toEqual(assess(input(row), now, blind));
    expect(answer).toMatchObject({ level: 'L3', levelReason: 'Rules only: unread', probability: null });
    expect(rate(input(row, { last }), now, blind)).toEqual(rate(input(row), now, blind));
    expect(explained(input(row, { last }), now, blind)).toMatchObject({ by: rules.hash });
    expect(assess(input(row, { last }), now, { ...blind, arm: 'treatment' }).level).toBe('L2');
  });
});
