import fc from 'fast-check';
import { DAY, HOUR } from '../../base/index.ts';
import type { Assessment, CandidateFacts } from '../assessment.ts';
import { gradeOf } from '../grade.ts';
import { parsePolicy, DEFAULT_POLICY, type Policy } from '../policy.ts';
import type { AdjustmentSpec } from '../policy/adjustments.ts';
import { writtenPolicy } from '../policy/written.ts';
import type { Candidate, ListContext } from './candidate.ts';

/** Monday, 9 in London, 10 in Berlin. */
export const NOW = Date.UTC(2026, 2, 2, 9);
export const CONTEXT: ListContext = { now: NOW, user: 'us_a', limit: 50 };

export const policyOf = (...adjustments: AdjustmentSpec[]): Policy => parsePolicy(writtenPolicy({ ...DEFAULT_POLICY, adjustments }));

export const worth = (amount: number | null): Assessment['value'] => (amount === null ? null : { amount, currency: 'EUR', from: 'model' });

export const assessmentFixture = (subject: string, over: Partial<Assessment> = {}): Assessment => ({
  subject,
  level: 'L0',
  levelReason: null,
  raw: 0,
  probability: 0.1,
  value: null,
  expectedValue: null,
  score: 50,
  grade: gradeOf(over.score ?? 50),
  reasons: [],
  action: { kind: 'wait', sentence: 'Wait', propensity: 1 },
  ...over,
});

/** A lead of last month that was last touched nine days ago and is silent since: nothing about it is urgent. */
export const SETTLED: CandidateFacts = {
  created: NOW - 30 * DAY,
  lastTouch: NOW - 9 * DAY,
  lastEvent: NOW - 9 * DAY,
  status: 'open',
  snoozedUntil: null,
  dismissed: false,
};

interface Given extends Omit<Partial<Candidate>, 'facts' | 'assessment'> {
  readonly facts?: Partial<CandidateFacts>;
  readonly assessment?: Partial<Assessment>;
}

/** A candidate by its probability; `raw` goes with it. */
export const candidateFixture = (subject: string, probability: number, { facts, assessment, ...rest }: Given = {}): Candidate => ({
  assessment: assessmentFixture(subject, { probability, raw: 10 * probability, score: Math.round(100 * probability), ...assessment }),
  facts: { ...SETTLED, ...facts },
  ...rest,
});

const ago = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: most }).map((age) => NOW - age);

/** Candidates of every kind: settled and new, with answers and without, of few accounts, with and without values. */
export const someCandidates = ({ most = 30, levels = ['L0'] as Assessment['level'][] } = {}): fc.Arbitrary<Candidate[]> =>
  fc.uniqueArray(
    fc
      .record({
        subject: fc.integer({ min: 0, max: 999 }),
        level: fc.constantFrom(...levels),
        chance: fc.integer({ min: 0, max: 100 }),
        value: fc.option(fc.integer({ min: 1, max: 9 }).map((n) => n * 1000)),
        facts: fc.record({
          created: ago(3 * DAY),
          lastTouch: fc.option(ago(3 * DAY)),
          lastEvent: ago(3 * DAY),
          status: fc.constantFrom('open', 'open', 'open', 'open', 'converted', 'closed', 'deleted' as const),
          snoozedUntil: fc.option(fc.integer({ min: NOW - DAY, max: NOW + HOUR }), { freq: 4 }),
          dismissed: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
          account: fc.option(fc.constantFrom('ac_1', 'ac_2', 'ac_3')),
        }),
        fields: fc.record({ touches_14d: fc.integer({ min: 0, max: 12 }), country: fc.constantFrom('DE', 'FR', null) }),
      })
      .map(({ subject, level, chance, value, facts, fields }): Candidate => ({
        assessment: assessmentFixture(`ld_${subject}`, {
          level,
          raw: level === 'L0' ? chance / 10 : null,
          probability: level === 'L3' ? null : chance / 200,
          score: chance,
          value: worth(value),
        }),
        facts,
        fields,
      })),
    { selector: (it) => it.assessment.subject, maxLength: most },
  );

const inCountry = (value: string): object[] => [{ feature: 'country', is: '=', value }];

/** The default policy with a weight and a pin by country, and more exploration. */
export const RICH_POLICY = parsePolicy({
  ...DEFAULT_POLICY,
  adjustments: DEFAULT_POLICY.adjustments.map((spec) => {
    if (spec.name === 'weights') return { name: 'weights', rules: [{ id: 'home', when: inCountry('DE'), factor: 1.3 }] };
    if (spec.name === 'pins') return { name: 'pins', rules: [{ id: 'fair', when: inCountry('FR'), place: 2, most: 2 }] };
    return spec.name === 'exploration' ? { name: 'exploration', every: 5 } : spec;
  }),
});
