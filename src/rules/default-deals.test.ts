import { expect, it } from 'vitest';
import { DAY } from '../base/index.ts';
import { OPPORTUNITY_FEATURES } from '../features/index.ts';
import type { Value } from '../trees/index.ts';
import { DEFAULT_DEAL_RULES } from './default-deals.ts';
import { evaluate, pointsScore } from './evaluate.ts';
import { compileFormula } from './formula/compile.ts';
import { proveFormula } from './formula/prove.ts';
import { runFormula } from './formula/run.ts';
import { parseFormula } from './formula/syntax.ts';
import { checkMeaning } from './meaning.ts';
import { parseRules } from './parse.ts';

const columns = OPPORTUNITY_FEATURES.map(({ name }) => name);
const rules = parseRules(DEFAULT_DEAL_RULES, columns);
const points = (values: Record<string, Value>): number => evaluate(rules, columns, columns.map((name) => values[name] ?? null)).points;

it('put a deal that moves before one of which nothing is known, and that before one that is stuck', () => {
  const moving = points({ probability: 75, next_step_set: 'true', meetings_held_30d: 2, buyer_replies_30d: 1, next_meeting: 3, buyer_visits_7d: 4 });
  const stuck = points({ probability: 25, days_in_stage: 60, buyer_silence: 40, close_date_moves: 3, days_to_close: -5 });
  expect(moving).toBeGreaterThan(points({}));
  expect(points({})).toBeGreaterThan(stuck);
  expect(pointsScore(moving)).toBeGreaterThan(70);
});

it('mean something with the features of opportunities, and have a formula', () => {
  expect(() => checkMeaning(rules, OPPORTUNITY_FEATURES)).not.toThrow();
  const compiled = compileFormula(rules, { features: OPPORTUNITY_FEATURES, settings: { fields: {}, leaveOut: [] }, object: null });
  expect(compiled.part.rules.map(({ id }) => id)).toEqual(['late-stage', 'middle-stage', 'overdue', 'old']);
  expect(compiled.formula).toContain('IF(ISBLANK(Probability),FALSE,Probability>=0.7)');
  expect(proveFormula(compiled, { features: OPPORTUNITY_FEATURES })).toBe(10_000);
  const now = Date.UTC(2026, 2, 2);
  const types = { Probability: 'percent', CloseDate: 'date', CreatedDate: 'datetime' } as const;
  expect(runFormula(parseFormula(compiled.formula), { types, values: { Probability: 70, CloseDate: now - DAY, CreatedDate: now - 61 * DAY }, now })).toBe(20 + 20 - 10 - 8);
});
