import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decisionOf, type Decision, type MadeWith } from '../../audit/index.ts';
import { DAY, HOUR } from '../../base/index.ts';
import { DEFAULT_ACTIONS, engine, trialPolicy, type ActionPolicyDocument, type LearnedDocument, type LoadedModel } from '../../rank/index.ts';
import { DEFAULT_RULES } from '../../rules/index.ts';
import { fit, type Value } from '../../trees/index.ts';
import { assemble } from './assemble.ts';
import { modelText } from './effects.ts';
import { recommendedIn } from './journal.ts';
import { policyTable } from './policy-table.ts';

const COLUMNS = ['employees', 'email_domain_class', 'local_time', 'touches_14d', 'unsubscribed', 'calls_connected_30d', 'promises_broken'];
const NAMES = DEFAULT_ACTIONS.actions.map(({ name }) => name);
const NOW = Date.UTC(2026, 2, 2, 11);
const RULES = engine.parseRules({ ...DEFAULT_RULES, rules: [] }, COLUMNS);
const EVALUATION = { estimator: 'dr', interval: 'normal', decisions: 9_000, effective: 4_210, present: 0.1, gain: 0.0031, low: 0.0004, high: 0.0058, clipped: 0, largest: 9, unsupported: 0 } as const;

const MODEL = ((): string => {
  const employees = Float64Array.from({ length: 200 }, (_, row) => row * 5);
  const model = fit({ rows: 200, columns: [{ kind: 'numeric', name: 'employees', values: employees }] }, employees.map((size) => Number(size > 400) - 0.5), { loss: 'rmse', trees: 5, depth: 1, threads: 1 });
  return modelText(model)!;
})();

const count = (max: number) => fc.option(fc.nat(max), { nil: null });
const vector = fc.tuple(count(999), fc.option(fc.constantFrom('corporate', 'freemail'), { nil: null }), fc.option(fc.double({ min: 0, max: 23.9, noNaN: true }), { nil: null }), count(12), count(1), count(2), count(1)) as fc.Arbitrary<Value[]>;
const amount = fc.option(fc.integer({ min: 1, max: 50_000 }), { nil: null });
const records = fc.array(fc.record({ vector, amount, score: fc.nat(100), created: fc.nat(30 * 24), touched: fc.option(fc.nat(20 * 24), { nil: null }), heard: fc.nat(10 * 24) }), { minLength: 1, maxLength: 8 });

/** Policies with actions of their own, amounts of chance, costs, and effects that differ between records. */
const documents = fc.record({
  actions: fc.uniqueArray(fc.record({ name: fc.constantFrom(...NAMES), explore: fc.constantFrom(0, 1, 3), least: fc.constantFrom(0, 0.02), cost: fc.nat(100) }), { selector: ({ name }) => name, maxLength: 8 }),
  exploration: fc.constantFrom(0, 0.1, 0.5, 1),
  effects: fc.uniqueArray(fc.record({ arm: fc.constantFrom(...NAMES), offset: fc.double({ min: -0.1, max: 0.1, noNaN: true }), slope: fc.constantFrom(0, 0.2) }), { selector: ({ arm }) => arm }),
}).map(({ actions, exploration, effects }): ActionPolicyDocument & { learned: LearnedDocument } => ({
  version: 1, constraints: DEFAULT_ACTIONS.constraints, actions, exploration,
  learned: {
    target: 'lead', horizonDays: 30, until: NOW, columns: ['employees'], evaluation: EVALUATION,
    effects: effects.map(({ arm, offset, slope }) => ({ arm, offset, slope, model: slope === 0 ? null : MODEL, decisions: 900, effective: 900 })),
  },
}));

interface Happened {
  readonly vector: Value[];
  readonly amount: number | null;
  readonly score: number;
  /** Hours ago. */
  readonly created: number;
  readonly touched: number | null;
  readonly heard: number;
}

/** A model that says just this. */
function saying({ score, amount: paid }: Happened): LoadedModel {
  const said = () => ({ raw: 0, probability: 0.5, score, effects: [], baseline: 0, value: paid === null ? null : { amount: paid, currency: 'EUR', from: 'own' as const } });
  return { id: 'm', columns: [], levels: [], valueEffects: () => [], standing: () => null, score: said, rate: said };
}

function decided(document: ActionPolicyDocument, record: Happened, n: number): Decision {
  const time = NOW + n * 7 * HOUR;
  const input = { subject: `ld_${n}`, vector: record.vector, sources: [], last: null, created: time - record.created * HOUR, lastTouch: record.touched === null ? null : time - record.touched * HOUR, lastEvent: time - record.heard * HOUR };
  const assessment = engine.assess(input, time, { model: saying(record), rules: RULES, columns: COLUMNS, actions: engine.parseActionPolicy(document) });
  const made = { columns: 'c' } as MadeWith;
  return decisionOf({ id: `d_${n}`, user: 'us_a', time, offset: 0, input, assessment, made, placement: { position: 1 } as Decision['placement'] });
}

describe('what is evaluated is what acts', () => {
  const outcomes = { convertedAt: () => undefined, wasDone: () => false };

  test('the probabilities of a policy at logged decisions are those that it logged', () => {
    fc.assert(
      fc.property(documents, records, (document, some) => {
        const journalled = some.map((record, n) => JSON.parse(JSON.stringify(decided(document, record, n))) as Decision);
        const found = Array.from({ length: 200 }, (_, n) => recommendedIn(journalled[n % some.length]!)!);
        const { recommendations } = assemble(found, outcomes, { horizonDays: 30, until: NOW + 90 * DAY, columns: () => COLUMNS });
        const { arms, propensity } = recommendations.decisions;
        const names = [...new Set([...arms, ...document.actions.map(({ name }) => name), 'wait'])];
        const acting = policyTable(recommendations.situations, engine.parseActionPolicy(document), names);
        const logged = acting.map((_, at) => (at % names.length < arms.length ? propensity[Math.floor(at / names.length) * arms.length + (at % names.length)]! : 0));
        expect(acting).toEqual(logged);
        expect(policyTable(recommendations.situations, trialPolicy(document, document.learned), names)).toEqual(acting);
      }),
      { numRuns: 150 },
    );
  });

  test('a record of which nothing was known, or an answer outside a list, is not learned from', () => {
    const decision = decided(DEFAULT_ACTIONS, { vector: COLUMNS.map(() => null), amount: null, score: 50, created: 200, touched: null, heard: 100 }, 1);
    expect(recommendedIn(decision)).toBeDefined();
    expect(recommendedIn({ ...decision, lacks: { features: 'the state cannot be read' } })).toBeUndefined();
    expect(recommendedIn({ ...decision, placement: null })).toBeUndefined();
  });
});
