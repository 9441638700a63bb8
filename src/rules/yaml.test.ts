import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COLUMNS, documents, FEATURES } from './arbitrary.fixture.ts';
import { formatRules, parseRules, readCases, readRules, runCase } from './index.ts';

const TEXT = `version: 3
base: 10
caps: { intent: 30 }
rules:
  - id: visited
    theme: intent
    points: 20
    when:
      all:
        - { feature: visits, is: ">=", value: 3 }
        - not: { feature: industry, is: in, value: [retail] }
    decay: { since: age, half_life: 10 }
    sentence: "{n} visits in the last 7 days"
tests:
  - name: a visitor, ten days old
    record: { visits: 4, industry: energy, age: 10 }
    points: 20
    reasons: [visited]
  - name: nobody
    record: {}
    points: 10
    reasons: []
`;
const read = (text: string): ReturnType<typeof readRules> => readRules(text, { features: FEATURES });
const instead = (from: string, to: string): string => {
  expect(TEXT).toContain(from);
  return TEXT.replace(from, to);
};

test('survives YAML with the same hash', () => {
  fc.assert(
    fc.property(documents(), (raw) => {
      const rules = parseRules(raw, COLUMNS);
      expect(read(formatRules(rules)).rules).toEqual(rules);
    }),
  );
});

test('tests that stand in the file run, and change no hash', () => {
  const { rules, cases } = read(TEXT);
  expect(cases.map((one) => runCase(rules, one))).toEqual([
    { name: 'a visitor, ten days old', passed: true, differences: [], points: 20, reasons: ['visited'] },
    { name: 'nobody', passed: true, differences: [], points: 10, reasons: [] },
  ]);
  expect(read(TEXT.slice(0, TEXT.indexOf('tests:'))).rules.hash).toBe(rules.hash);
});

test('a test that fails says how', () => {
  const { rules, cases } = read(instead('    points: 20\n    reasons: [visited]', '    points: 30\n    reasons: []'));
  expect(runCase(rules, cases[0]!).differences).toEqual([
    'points: expected 30, came 20 (base 10, visited 10)',
    'reasons: expected none, came visited',
  ]);
});

test('tests may stand beside the file', () => {
  const { rules } = read(TEXT);
  const beside = 'tests:\n  - { name: x, record: { visits: 2 }, points: 10 }\n';
  expect(readCases(beside, rules, { features: FEATURES }).map((one) => runCase(rules, one).passed)).toEqual([true]);
  expect(() => readCases('tests:\n\n  - { name: x, record: { visit: 2 }, points: 10 }\n', rules, { features: FEATURES })).toThrow('rules.test.yaml:3: test "x": "visit": is not a declared feature');
});

test.each([
  ['base: 10', 'base: [', 'rules.yaml:3: '],
  ['is: ">="', 'is: >=', 'put the operator in quotes'],
  ['feature: visits', 'feature: visit', 'rules.yaml:10: rule visited: "visit": is not a declared feature; use one of visits'],
  ['value: [retail]', 'value: [4]', 'rules.yaml:11: rule visited: "4": is never equal to industry, which is a category; give a text, in quotes'],
  ['is: in, value: [retail]', 'is: ">", value: 3', 'rules.yaml:11: rule visited: ">": orders numbers, and industry is a category'],
  ['since: age', 'since: visits', 'rules.yaml:12: rule visited: "visits": is no age in days: points cannot fall with it; use one of age'],
  ['half_life: 10', 'half_life: 0', 'rules.yaml:12: rule visited: "0": is no number of days from 0.001 to 3650: points are divided by it'],
  ['points: 20\n    when', 'points: many\n    when', 'rules.yaml:7: rule visited: "many": points must be a number from -1000 to 1000'],
  ['caps: { intent: 30 }', 'caps: { intnt: 30 }', 'rules.yaml:3: caps: "intnt": is the theme of no rule; use one of intent'],
  ['theme: intent', 'theme: intent\n    colour: red', 'rules.yaml:7: rule 1: "colour": is not a known field'],
  ['visits: 4', 'visits: four', 'rules.yaml:16: test "a visitor, ten days old": visits "four": is no number'],
  ['reasons: [visited]', 'reasons: [visit]', 'rules.yaml:18: test "a visitor, ten days old": "visit": is the id of no rule'],
  ['caps: {', 'caps: &a {', null],
  ['tests:', 'more: *a\ntests:', 'rules.yaml'],
])('%s → %s is refused with its line', (from, to, message) => {
  const attempt = (): unknown => read(instead(from, to));
  if (message === null) expect(attempt).not.toThrow();
  else expect(attempt).toThrow(message);
});

test('what is no rule set at all is refused', () => {
  for (const text of ['', '3', '[]', 'rules', '--- 1\n--- 2\n', '\0', '{'.repeat(5_000)]) expect(() => read(text), text.slice(0, 9)).toThrow(/rules\.yaml/u);
});
