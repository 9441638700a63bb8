import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../base/index.ts';
import { arrange, type Candidate } from './arrange.ts';
import type { Assessment, CandidateFacts } from './assessment.ts';
import { gradeOf } from './grade.ts';
import { DEFAULT_POLICY, parsePolicy } from './policy.ts';

const now = Date.UTC(2026, 2, 2, 9);
const policy = parsePolicy(DEFAULT_POLICY);
const plain = parsePolicy({ ...DEFAULT_POLICY, adjustments: [] });
const context = { now, user: 'us_a', limit: 50 };

const assessment = (subject: string, score: number, raw: number | null): Assessment => ({
  subject,
  level: raw === null ? 'L3' : 'L0',
  levelReason: raw === null ? 'Rules only: no model is loaded' : null,
  raw,
  probability: null,
  score,
  grade: gradeOf(score),
  reasons: [],
  value: null,
  expectedValue: null,
  action: { kind: 'wait', sentence: 'Wait', propensity: 1 },
});
const settled: CandidateFacts = {
  created: now - 30 * DAY,
  lastTouch: now - 9 * DAY,
  lastEvent: now - 9 * DAY,
  status: 'open',
  snoozedUntil: null,
  dismissed: false,
};
const candidate = (
  subject: string,
  score: number,
  facts: Partial<CandidateFacts> = {},
  raw: number | null = score / 10,
): Candidate => ({
  assessment: assessment(subject, score, raw),
  facts: { ...settled, ...facts },
});

const ago = fc.integer({ min: 0, max: 3 * DAY }).map((age) => now - age);
const candidates: fc.Arbitrary<Candidate[]> = fc.uniqueArray(
  fc
    .record({
      subject: fc.integer({ min: 0, max: 999 }),
      score: fc.integer({ min: 0, max: 100 }),
      raw: fc.option(fc.integer({ min: -3, max: 3 })),
      created: ago,
      lastTouch: fc.option(ago),
      lastEvent: ago,
      status: fc.constantFrom('open', 'open', 'open', 'converted', 'closed', 'deleted' as const),
      snoozedUntil: fc.option(fc.integer({ min: now - DAY, max: now + DAY })),
      dismissed: fc.boolean(),
    })
    .map(({ subject, score, raw, ...facts }) => ({ assessment: assessment(`ld_${subject}`, score, raw), facts })),
  { selector: (it) => it.assessment.subject, maxLength: 30 },
);
const order = (list: readonly Candidate[], rules = plain): string[] =>
  arrange(list, context, rules, 7).items.map(({ subject }) => subject);

describe('a list', () => {
  test('is the same whatever the order of its candidates', () => {
    const shuffled = candidates.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(arrange(other, context, policy, 7)).toEqual(arrange(list, context, policy, 7));
      }),
    );
  });

  test('places or leaves out every candidate, once', () => {
    fc.assert(
      fc.property(candidates, (list) => {
        const { items, leftOut, eligible } = arrange(list, context, policy, 7);
        expect(items.map(({ position }) => position)).toEqual(items.map((_, at) => at + 1));
        expect(eligible).toBe(items.length);
        const subjects = [...items, ...leftOut].map(({ subject }) => subject);
        expect(subjects.toSorted()).toEqual(list.map((it) => it.assessment.subject).toSorted());
      }),
    );
  });

  test('a shorter list is the beginning of a longer one', () => {
    fc.assert(
      fc.property(candidates, fc.integer({ min: 0, max: 10 }), (list, limit) => {
        const whole = arrange(list, context, policy, 7);
        const short = arrange(list, { ...context, limit }, policy, 7);
        expect(short.items).toEqual(whole.items.slice(0, limit));
      }),
    );
  });

  test('an only adjustment leads from the place without it to the place in the list', () => {
    const fresh = parsePolicy({ ...DEFAULT_POLICY, adjustments: [DEFAULT_POLICY.adjustments[0]] });
    fc.assert(
      fc.property(candidates, (list) => {
        const before = order(list);
        for (const { subject, position, adjustments } of arrange(list, context, fresh, 7).items)
          for (const it of adjustments) expect([it.before, it.after]).toEqual([before.indexOf(subject) + 1, position]);
      }),
    );
  });

  test('goes by score, then raw, then id', () => {
    const list = [
      candidate('ld_c', 50, {}, 1),
      candidate('ld_b', 50, {}, 1),
      candidate('ld_d', 50, {}, 2),
      candidate('ld_e', 50, {}, null),
      candidate('ld_a', 60),
    ];
    expect(order(list)).toEqual(['ld_a', 'ld_d', 'ld_b', 'ld_c', 'ld_e']);
  });

  test.each([
    [{ status: 'closed' }, 'closed'],
    [{ status: 'converted' }, 'converted'],
    [{ status: 'deleted', dismissed: true }, 'deleted'],
    [{ dismissed: true }, 'dismissed'],
    [{ snoozedUntil: now + 1 }, 'snoozed'],
    [{ lastTouch: now - HOUR, lastEvent: now - HOUR }, 'touched'],
  ] as const)('leaves out %j as %s', (facts, reason) => {
    expect(arrange([candidate('ld_a', 90, facts)], context, policy, 7).leftOut).toEqual([{ subject: 'ld_a', reason }]);
  });

  test.each([
    [{ snoozedUntil: now }, 'a snooze that is over'],
    [{ lastTouch: now - HOUR, lastEvent: now - MINUTE }, 'an answer after the touch'],
    [{ lastTouch: now - 2 * HOUR, lastEvent: now - 2 * HOUR }, 'a touch two hours ago'],
  ] as [Partial<CandidateFacts>, string][])('keeps %j: %s', (facts) => {
    expect(order([candidate('ld_a', 90, facts)])).toEqual(['ld_a']);
  });

  test('a new lead that nobody touched goes up, and says from where to where', () => {
    const list = [
      candidate('ld_a', 70),
      candidate('ld_b', 60),
      candidate('ld_new', 50, { created: now - MINUTE, lastTouch: null, lastEvent: now - MINUTE }),
    ];
    const { items } = arrange(list, context, policy, 7);
    expect(items[0]).toEqual({
      subject: 'ld_new',
      position: 1,
      adjustments: [{ name: 'freshLead', before: 3, after: 1 }],
    });
    expect(items[1]!.adjustments).toEqual([]);
  });

  test('a lead just touched goes down, one that answered goes up', () => {
    const list = [
      candidate('ld_touched', 60, { lastTouch: now - 3 * HOUR, lastEvent: now - 3 * HOUR }),
      candidate('ld_b', 55),
      candidate('ld_answered', 50, { lastTouch: now - DAY, lastEvent: now - HOUR }),
    ];
    expect(order(list)).toEqual(['ld_touched', 'ld_b', 'ld_answered']);
    expect(order(list, policy)).toEqual(['ld_answered', 'ld_b', 'ld_touched']);
  });

  test('another policy, seed, user or score is another digest', () => {
    const list = [candidate('ld_a', 70), candidate('ld_b', 60)];
    const digests = [
      arrange(list, context, policy, 7),
      arrange(list, context, plain, 7),
      arrange(list, context, policy, 8),
      arrange(list, { ...context, user: 'us_b' }, policy, 7),
      arrange([candidate('ld_a', 71), candidate('ld_b', 60)], context, policy, 7),
    ].map(({ digest }) => digest);
    expect(new Set(digests).size).toBe(digests.length);
  });
});

describe('a policy', () => {
  test.each([
    [{ ...DEFAULT_POLICY, version: 0 }, /version must be/],
    [{ ...DEFAULT_POLICY, restAfterTouch: -1 }, /restAfterTouch must be/],
    [
      { ...DEFAULT_POLICY, adjustments: [{ name: 'luck', points: 1, within: 1 }] },
      /"luck": is not a known adjustment; use one of freshLead/,
    ],
    [{ ...DEFAULT_POLICY, adjustments: [{ name: 'freshLead', points: 101, within: 1 }] }, /points of freshLead/],
    [{ ...DEFAULT_POLICY, adjustments: [{ name: 'freshLead', points: 1, within: 0 }] }, /within of freshLead/],
    [
      { ...DEFAULT_POLICY, adjustments: [DEFAULT_POLICY.adjustments[0], DEFAULT_POLICY.adjustments[0]] },
      /"freshLead": is named twice/,
    ],
    [{ ...DEFAULT_POLICY, colour: 1 }, /"colour": is not a known field/],
    [null, /version must be/],
  ])('%# is refused with the value and the rule', (raw, message) => {
    expect(() => parsePolicy(raw)).toThrow(message);
  });

  test('is found again by its hash', () => {
    expect(parsePolicy(structuredClone(DEFAULT_POLICY)).hash).toBe(policy.hash);
    expect(plain.hash).not.toBe(policy.hash);
  });
});
