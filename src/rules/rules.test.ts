import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fault } from '../base/index.ts';
import { LEAD_FEATURES } from '../features/index.ts';
import type { Value } from '../trees/index.ts';
import { COLUMNS as columns, documents, vectors } from './arbitrary.fixture.ts';
import { holds, type Condition } from './condition.ts';
import { checkMeaning } from './meaning.ts';
import { DEFAULT_RULES, evaluate, parseRules, pointsOf, pointsScore } from './index.ts';

const rule = (over: object = {}): object => ({
  id: 'visited',
  theme: 'intent',
  points: 10,
  when: [{ feature: 'visits', is: '>=', value: 1 }],
  sentence: '{n} visits',
  ...over,
});
const document = (over: object = {}): object => ({ version: 1, base: 5, caps: {}, rules: [rule()], ...over });
const refusal = (raw: unknown): string => {
  try {
    parseRules(raw, columns);
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
  return 'accepted';
};

/** What a condition says, by its definition. */
function isTrue(condition: Condition, record: ReadonlyMap<string, Value>): boolean {
  if ('feature' in condition) return holds(condition, record.get(condition.feature) ?? null);
  if ('not' in condition) return !isTrue(condition.not, record);
  return 'all' in condition ? condition.all.every((one) => isTrue(one, record)) : condition.any.some((one) => isTrue(one, record));
}

describe('a rule set', () => {
  test('base and contributions add up to the points, and no theme passes its cap', () => {
    fc.assert(
      fc.property(documents(), vectors, (raw, vector) => {
        const rules = parseRules(raw, columns);
        const { points, contributions } = evaluate(rules, columns, vector);
        expect(contributions.reduce((sum, it) => sum + it.points, rules.base)).toBe(points);
        expect(pointsOf(rules, columns, vector)).toBe(points);
        for (const [theme, cap] of Object.entries(rules.caps)) {
          const sum = contributions.filter((it) => it.theme === theme).reduce((all, it) => all + it.points, 0);
          expect(Math.abs(sum)).toBeLessThanOrEqual(cap);
        }
        expect(pointsScore(points)).toBe(Math.round(Math.max(0, Math.min(100, points))));
      }),
    );
  });

  test('counts the rules whose conditions hold, whatever joins them', () => {
    fc.assert(
      fc.property(documents({ decays: 'none' }), vectors, (raw, vector) => {
        const rules = parseRules({ ...raw, caps: {} }, columns);
        const record = new Map(columns.map((name, i) => [name, vector[i]!]));
        const expected = rules.rules.filter(({ when, points }) => points !== 0 && when.every((one) => isTrue(one, record))).map(({ id }) => id);
        expect(evaluate(rules, columns, vector).contributions.map((it) => it.rule)).toEqual(expected);
      }),
    );
  });

  test('is bound anew to other columns', () => {
    const rules = parseRules(document(), columns);
    expect(pointsOf(rules, ['age', 'visits'], [1, 2])).toBe(15);
    expect(pointsOf(rules, ['visits', 'age'], [0, 2])).toBe(5);
    expect(pointsOf(rules, ['age'], [3])).toBe(5);
  });

  test('another text is another hash', () => {
    expect(parseRules(document({ base: 6 }), columns).hash).not.toBe(parseRules(document(), columns).hash);
  });

  test('a set of the first release keeps its hash: its decisions find it again', () => {
    const file = fileURLToPath(new URL('../../fixtures/rules/first-release.json', import.meta.url));
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { hash: string; document: object };
    expect(parseRules(kept.document, LEAD_FEATURES.map(({ name }) => name)).hash).toBe(kept.hash);
  });

  test.each([
    ['>=', 3, [3, 4], [2, null, 'x', NaN]],
    ['<', 3, [2, -0], [3, null, 'x']],
    ['=', 'retail', ['retail'], ['energy', null]],
    ['!=', 'retail', ['energy', 1], ['retail', null]],
    ['in', ['retail', 7], ['retail', 7], ['7', null]],
    ['not in', ['retail'], ['energy'], ['retail', null]],
    ['missing', undefined, [null, NaN], [0, '']],
    ['present', undefined, [0, ''], [null, NaN]],
  ])('%s %j passes %j and not %j', (is, operand, pass, fail) => {
    const when = operand === undefined ? { feature: 'visits', is } : { feature: 'visits', is, value: operand };
    const rules = parseRules(document({ rules: [rule({ when })] }), columns);
    const points = (v: number | string | null): number => evaluate(rules, columns, [v, null, null]).points;
    expect(pass.map(points)).toEqual(pass.map(() => 15));
    expect(fail.map(points)).toEqual(fail.map(() => 5));
  });

  test('a contribution says the value', () => {
    const { contributions } = evaluate(parseRules(document(), columns), columns, [4.25, null, null]);
    expect(contributions).toEqual([{ rule: 'visited', theme: 'intent', points: 10, sentence: '4.3 visits' }]);
  });

  test.each([
    [{ half_life: 7 }, [[0, 10], [7, 5], [14, 2.5], [3.5, 7.0712890625], [1e9, 0], [null, 0]]],
    [{ over: 20 }, [[0, 10], [5, 7.5], [20, 0], [25, 0], [null, 0]]],
  ] as [object, [number | null, number][]][])('points fall with an age: %j', (falls, expected) => {
    const rules = parseRules(document({ base: 0, rules: [rule({ decay: { since: 'age', ...falls } })] }), columns);
    expect(expected.map(([age]) => [age, pointsOf(rules, columns, [1, null, age, null])])).toEqual(expected);
  });

  test.each([
    [document({ rules: [rule({ when: [{ feature: 'visit', is: '>=', value: 1 }] })] }), /visited: "visit": is not a declared feature; use one of visits/],
    [document({ rules: [rule({ when: [{ feature: 'visits', is: '~', value: 1 }] })] }), /"~": is not an operator; use one of >=/],
    [document({ rules: [rule({ when: [{ feature: 'visits', is: 'toString' }] })] }), /is not an operator/],
    [document({ rules: [rule({ when: [{ feature: 'visits', is: '>=', value: '3' }] })] }), /"3": operator >= needs a finite number/],
    [document({ rules: [rule({ when: [{ feature: 'visits', is: 'in', value: 3 }] })] }), /operator in needs a list/],
    [document({ rules: [rule({ when: [] })] }), /holds no condition/],
    [document({ rules: [rule({ when: { any: [] } })] }), /holds no condition/],
    [document({ rules: [rule({ when: { any: [], not: [] } })] }), /"not": cannot stand beside any/],
    [document({ rules: [rule({ when: 3 })] }), /is no condition/],
    [document({ rules: [rule({ when: JSON.parse('{"not":'.repeat(9) + '1' + '}'.repeat(9)) as object })] }), /joined at most 8 deep/],
    [document({ rules: [rule({ decay: { since: 'age', half_life: 0 } })] }), /"0": is no number of days .* points are divided by it/],
    [document({ rules: [rule({ decay: { since: 'age' } })] }), /a half_life or an over/],
    [document({ rules: [rule({ decay: { since: 'aeg', over: 3 } })] }), /"aeg": is not a declared feature/],
    [document({ rules: [rule({ points: 'ten' })] }), /"ten": points must be a number/],
    [document({ base: undefined }), /nothing: points must be a number/],
    [document({ rules: [rule({ colour: 1 })] }), /"colour": is not a known field/],
    [document({ rules: [rule(), rule()] }), /"visited": is the id of two rules/],
    [document({ caps: { fit: -1 } }), /a cap must not be negative/],
    [document({ version: 0 }), /version must be a whole number/],
    [document({ rules: 'none' }), /rules must be a list/],
    [null, /must be a set of named fields/],
  ])('%# is refused with the value and the rule', (raw, message) => {
    expect(refusal(raw)).toMatch(message);
  });

  test('the default set rests on features that a cell keeps', () => {
    const rules = parseRules(DEFAULT_RULES, LEAD_FEATURES.map(({ name }) => name));
    expect(() => checkMeaning(rules, LEAD_FEATURES)).not.toThrow();
  });
});
