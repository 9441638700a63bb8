import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fault } from '../base/index.ts';
import { LEAD_FEATURES } from '../features/index.ts';
import {
  DEFAULT_RULES,
  evaluate,
  formatRulesYaml,
  parseRules,
  parseRulesYaml,
  pointsScore,
  type RulesDocument,
} from './index.ts';

const columns = ['visits', 'industry', 'age'];
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

const value = fc.oneof(fc.double(), fc.constant(null), fc.constantFrom('retail', 'energy', ''));
const condition = fc.oneof(
  fc.record({
    feature: fc.constantFrom(...columns),
    is: fc.constantFrom('>=', '>', '<=', '<', '=', '!='),
    value: fc.integer({ min: -5, max: 5 }),
  }),
  fc.record({
    feature: fc.constantFrom(...columns),
    is: fc.constantFrom('in', 'not in'),
    value: fc.constant(['retail', 3]),
  }),
  fc.record({ feature: fc.constantFrom(...columns), is: fc.constantFrom('missing', 'present') }),
);
const documents: fc.Arbitrary<RulesDocument> = fc
  .record({
    version: fc.integer({ min: 1, max: 9 }),
    base: fc.integer({ min: -50, max: 50 }),
    caps: fc.dictionary(fc.constantFrom('intent', 'fit'), fc.integer({ min: 0, max: 30 })),
    rules: fc.array(
      fc.record({
        theme: fc.constantFrom('intent', 'fit', 'history'),
        points: fc.integer({ min: -40, max: 40 }),
        when: fc.array(condition, { minLength: 1, maxLength: 3 }),
        sentence: fc.string({ minLength: 1, maxLength: 20 }),
      }),
      { maxLength: 8 },
    ),
  })
  .map(({ version, base, caps, rules }) => {
    const named = rules.map(({ theme, points, when, sentence }, at) => ({
      id: `r${at}`,
      theme,
      points,
      when,
      sentence,
    }));
    return { version, base, caps, rules: named } as RulesDocument;
  });

describe('a rule set', () => {
  test('base and contributions add up to the points, and no theme passes its cap', () => {
    fc.assert(
      fc.property(documents, fc.tuple(value, value, value), (raw, vector) => {
        const rules = parseRules(raw, columns);
        const { points, contributions } = evaluate(rules, columns, vector);
        expect(contributions.reduce((sum, it) => sum + it.points, rules.base)).toBe(points);
        for (const [theme, cap] of Object.entries(rules.caps)) {
          const sum = contributions.filter((it) => it.theme === theme).reduce((all, it) => all + it.points, 0);
          expect(Math.abs(sum)).toBeLessThanOrEqual(cap);
        }
        expect(pointsScore(points)).toBe(Math.max(0, Math.min(100, points)));
      }),
    );
  });

  test('survives YAML with the same hash', () => {
    fc.assert(
      fc.property(documents, (raw) => {
        const rules = parseRules(raw, columns);
        expect(parseRulesYaml(formatRulesYaml(rules), columns)).toEqual(rules);
      }),
    );
  });

  test('another text is another hash', () => {
    expect(parseRules(document({ base: 6 }), columns).hash).not.toBe(parseRules(document(), columns).hash);
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
    [
      document({ rules: [rule({ when: [{ feature: 'visit', is: '>=', value: 1 }] })] }),
      /visited: "visit": is not a declared feature; use one of visits/,
    ],
    [
      document({ rules: [rule({ when: [{ feature: 'visits', is: '~', value: 1 }] })] }),
      /"~": is not an operator; use one of >=/,
    ],
    [document({ rules: [rule({ when: [{ feature: 'visits', is: 'toString' }] })] }), /is not an operator/],
    [
      document({ rules: [rule({ when: [{ feature: 'visits', is: '>=', value: '3' }] })] }),
      /"3": operator >= needs a finite number/,
    ],
    [document({ rules: [rule({ when: [{ feature: 'visits', is: 'in', value: 3 }] })] }), /operator in needs a list/],
    [document({ rules: [rule({ when: [] })] }), /a rule needs a condition/],
    [document({ rules: [rule({ points: 'ten' })] }), /"ten": points must be a number/],
    [document({ rules: [rule({ colour: 1 })] }), /"colour": is not a known field/],
    [document({ rules: [rule(), rule()] }), /"visited": is the id of two rules/],
    [document({ caps: { fit: -1 } }), /a cap must not be negative/],
    [document({ version: 0 }), /version must be a whole number/],
    [document({ rules: 'none' }), /rules must be a list/],
    [null, /must be a set of named fields/],
  ])('%# is refused with the value and the rule', (raw, message) => {
    expect(refusal(raw)).toMatch(message);
  });

  test('text that is no YAML is refused with its line', () => {
    expect(() => parseRulesYaml('version: 1\nbase: [', columns)).toThrow(/line [12].*not valid YAML/);
  });

  test('the default set rests on features that a cell keeps', () => {
    const names = LEAD_FEATURES.map(({ name }) => name);
    expect(parseRules(DEFAULT_RULES, names).rules).toHaveLength(DEFAULT_RULES.rules.length);
  });
});
