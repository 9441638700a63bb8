import { expect, test } from 'vitest';
import type { SubjectId } from '../events/index.ts';
import type { LeadRecord } from '../features/index.ts';
import { engine, DEFAULT_POLICY, type LastScore, type LoadedModel } from '../rank/index.ts';
import { DEFAULT_RULES, parseRules } from '../rules/index.ts';
import { createJudging } from './judging.ts';
import { momentOf } from './moment.ts';
import type { Faults } from './stages.ts';

const NOW = 1_000_000;
const REASONS = [{ theme: 'fit', direction: 'for', sentence: 'as it was said', effect: 1 }] as const;
const last: LastScore = { time: NOW - 1_000, score: 50, grade: 'B', probability: 0.2, bundle: 'b', reasons: [] };
const record = { subject: 'ld_a', created: 0, lastTouch: null, lastEvent: 0, vector: () => [], sources: () => [] } as unknown as LeadRecord;
const model: LoadedModel = {
  id: 'b',
  columns: [],
  levels: [],
  score: () => ({ raw: 0, probability: 0.5, score: 50, value: null, effects: [], baseline: 0 }),
  rate: () => ({ raw: 0, probability: 0.5, score: 50, value: null }),
  valueEffects: () => [],
  standing: () => null,
};
const parts = { rules: () => parseRules({ ...DEFAULT_RULES, rules: [] }, []), columns: { id: 'c', names: [] } };

function judge({ faults = () => null, recall = (_, of) => ({ ...of, reasons: REASONS }) }: { faults?: Faults; recall?: (subject: string, of: LastScore) => LastScore }) {
  const recalled: string[] = [];
  const told: unknown[] = [];
  const lastScores = { get: () => last, pointsGrade: () => null, recall: (subject: string, of: LastScore) => (recalled.push(subject), recall(subject, of)) };
  const judging = createJudging({ engine: { id: 'e', code: engine }, policy: engine.parsePolicy(DEFAULT_POLICY), lastScores, faults, assigned: () => null, state: { user: () => undefined } });
  const moment = momentOf({
    clock: () => NOW,
    models: { current: () => ({ model, trainedAt: 0 }) },
    targets: { lead: parts, opportunity: parts },
    faults,
    within: 1_000,
    onFailure: (error) => told.push(error),
  });
  const verdict = judging.verdict(record, moment, 'us_a' as SubjectId);
  return { rate: () => judging.rate(verdict, moment), assess: () => judging.assess(verdict, moment), recalled, told };
}
const outage: Faults = (stage) => (stage === 'model' ? 'no model today' : null);

test('the reasons of a last score are looked up for what is shown, and where it answers', () => {
  const whole = judge({});
  expect([whole.rate().level, whole.assess().assessment.level, whole.recalled]).toEqual(['L0', 'L0', []]);
  const out = judge({ faults: outage });
  expect([out.rate().level, out.recalled]).toEqual(['L2', []]);
  const { input, assessment } = out.assess();
  expect([input.last, assessment]).toMatchObject([{ reasons: REASONS }, { level: 'L2', reasons: REASONS }]);
  expect(engine.assess(input, NOW, { ...parts, rules: parts.rules(), columns: [], model, grades: engine.parsePolicy(DEFAULT_POLICY).grades, fault: 'no model today', lacks: {}, arm: null })).toEqual(assessment);
  expect(out.recalled).toEqual(['ld_a']);
});

test('reasons that cannot be read are left out, and that is told', () => {
  const { assess, told } = judge({
    faults: outage,
    recall: () => {
      throw new Error('disk');
    },
  });
  expect(assess()).toMatchObject({ input: { last }, assessment: { level: 'L2', score: 50, reasons: [] } });
  expect(told).toHaveLength(1);
});
