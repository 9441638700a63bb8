import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DAY } from '../base/index.ts';
import { LEAD_FEATURES } from '../features/index.ts';
import { runFormula } from './formula/run.ts';
import { parseFormula } from './formula/syntax.ts';
import { compileFormula, DEFAULT_RULES, parseRules, proveFormula, readCases, runCase } from './index.ts';

const fixture = (name: string): string => readFileSync(new URL(`../../fixtures/rules/${name}`, import.meta.url), 'utf8');
const rules = parseRules(DEFAULT_RULES, LEAD_FEATURES.map(({ name }) => name));

const cases = readCases(fixture('default.test.yaml'), rules, { features: LEAD_FEATURES, name: 'default.test.yaml' });
test.each(cases.map((one) => [one.name, one] as const))('by the rules that come with leadrank: %s', (_name, one) => {
  expect(runCase(rules, one).differences).toEqual([]);
});

test('each of them is told by a case', () => {
  const told = new Set(cases.flatMap(({ record }) => runCase(rules, { name: '', record }).reasons));
  expect(rules.rules.map(({ id }) => id).filter((id) => !told.has(id))).toEqual([]);
});

interface Golden {
  formula: string;
  records: { Email?: string; Rating: string | null; NumberOfEmployees: number | null; ageDays: number; points: number }[];
}

test('their formula is as it was, and gives what is written beside it', () => {
  const { formula, records } = JSON.parse(fixture('formula.json')) as Golden;
  const compiled = compileFormula(rules, { features: LEAD_FEATURES, settings: { fields: {}, leaveOut: [] }, object: null });
  expect(compiled.formula).toBe(formula);
  expect(proveFormula(compiled, { features: LEAD_FEATURES })).toBe(10_000);
  const now = Date.UTC(2026, 2, 2);
  const types = { Email: 'email', Rating: 'picklist', NumberOfEmployees: 'number', CreatedDate: 'datetime' } as const;
  for (const { ageDays, points, ...fields } of records) {
    const values = { ...fields, CreatedDate: now - ageDays * DAY };
    expect(runFormula(parseFormula(formula), { types, values, now }), JSON.stringify(values)).toBe(points);
  }
});
