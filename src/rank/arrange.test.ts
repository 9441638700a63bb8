import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../base/index.ts';
import { arrange, type Candidate, type ListContext } from './arrange.ts';
import { candidateFixture as candidate, worth as amount, CONTEXT, NOW, policyOf, RICH_POLICY, someCandidates } from './arrange/candidates.fixture.ts';
import type { CandidateFacts } from './assessment.ts';
import { DEFAULT_POLICY, parsePolicy, type Policy } from './policy.ts';

const plain = policyOf();
const SEED = 7;
const list = (candidates: readonly Candidate[], policy: Policy = plain, context: Partial<ListContext> = {}): ReturnType<typeof arrange> =>
  arrange(candidates, { ...CONTEXT, ...context }, policy, SEED);
const order = (...given: Parameters<typeof list>): string[] => list(...given).items.map(({ subject }) => subject);
const mixed = someCandidates({ levels: ['L0', 'L0', 'L2', 'L3'] });

describe('a list', () => {
  test('is the same whatever the order of its candidates', () => {
    const shuffled = mixed.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        const last = list(all.slice(0, 20), RICH_POLICY).memory;
        expect(list(other, RICH_POLICY, { last })).toEqual(list(all, RICH_POLICY, { last }));
      }),
    );
  });

  test('places or leaves out every candidate, once', () => {
    fc.assert(
      fc.property(mixed, (all) => {
        const { items, leftOut, eligible } = list(all, RICH_POLICY);
        expect(items.map(({ position }) => position)).toEqual(items.map((_, at) => at + 1));
        expect(eligible).toBe(items.length);
        const subjects = [...items, ...leftOut].map(({ subject }) => subject);
        expect(subjects.toSorted()).toEqual(all.map((it) => it.assessment.subject).toSorted());
      }),
    );
  });

  test('a shorter list is the beginning of a longer one', () => {
    fc.assert(
      fc.property(mixed, fc.integer({ min: 0, max: 10 }), (all, limit) => {
        expect(list(all, RICH_POLICY, { limit }).items).toEqual(list(all, RICH_POLICY).items.slice(0, limit));
      }),
    );
  });

  test('each adjustment begins where the one before left off, and the last ends at the place in the list', () => {
    fc.assert(
      fc.property(mixed, (all) => {
        const base = order(all);
        for (const { subject, position, adjustments } of list(all, policyOf(DEFAULT_POLICY.adjustments.find(({ name }) => name === 'deadline')!)).items)
          for (const it of adjustments) expect([it.before, it.after]).toEqual([base.indexOf(subject) + 1, position]);
      }),
    );
  });

  test('goes by chance × value × factors, then raw, then id', () => {
    fc.assert(
      fc.property(mixed, (all) => {
        const { items } = list(all, policyOf(...DEFAULT_POLICY.adjustments.filter(({ name }) => ['deadline', 'freshness', 'rest'].includes(name))));
        for (const { priority } of items) {
          const product = priority.factors.reduce((value, { factor }) => value * factor, priority.chance * priority.value);
          expect(priority.total).toBe(product);
        }
        const totals = items.map(({ priority }) => priority.total);
        expect(totals).toEqual(totals.toSorted((a, b) => b - a));
      }),
    );
    const same = { assessment: { raw: 1 } };
    const equal = [candidate('ld_c', 0.5, same), candidate('ld_b', 0.5, same), candidate('ld_d', 0.5, { assessment: { raw: 2 } }), candidate('ld_a', 0.6)];
    expect(order(equal)).toEqual(['ld_a', 'ld_d', 'ld_b', 'ld_c']);
  });

  test('weighs the chance with the value; a value that is not known is the median', () => {
    const worth = (subject: string, chance: number, value: number | null): Candidate => candidate(subject, chance, { assessment: { value: amount(value) } });
    expect(order([worth('ld_a', 0.1, 1_000), worth('ld_b', 0.05, 9_000)])).toEqual(['ld_b', 'ld_a']);
    const { items } = list([worth('ld_a', 0.1, 1_000), worth('ld_b', 0.05, 9_000), worth('ld_c', 0.2, null), worth('ld_d', 0.2, 0)]);
    expect(items.map(({ subject, priority }) => [subject, priority.value])).toEqual([['ld_b', 9_000], ['ld_c', 1_000], ['ld_d', 1_000], ['ld_a', 1_000]]);
  });

  test('goes by what points stand for beside a probability, and by more points between equals', () => {
    const rules = (score: number, share: number) => ({ assessment: { raw: null, probability: null, level: 'L3' as const, score, share } });
    const all = [candidate('ld_a', 0.1), candidate('op_b', 0.2, rules(0, 0.05)), candidate('op_c', 0.2, rules(80, 0.3)), candidate('op_d', 0, rules(85, 0.3))];
    expect(list(all).items.map(({ subject, priority }) => [subject, priority.chance])).toEqual([['op_d', 0.3], ['op_c', 0.3], ['ld_a', 0.1], ['op_b', 0.05]]);
  });

  test('gives a record the same chance whatever else is on it', () => {
    const chances = (all: readonly Candidate[]) => new Map(list(all, plain, { limit: 100 }).items.map(({ subject, priority }) => [subject, priority.chance]));
    fc.assert(fc.property(mixed, (all) => {
      const together = chances(all);
      for (const one of all) for (const [subject, chance] of chances([one])) expect(together.get(subject)).toBe(chance);
    }));
  });

  test('counts what has no value with the median of its kind: by rules no deal rises by what deals are worth', () => {
    const rules = { assessment: { raw: null, probability: null, level: 'L3' as const, score: 0, share: 0.03 } };
    const leads = [1_000, 2_000, 3_000].map((worth, at) => candidate(`ld_${at}`, 0.1, { assessment: { value: amount(worth) } }));
    const values = (all: readonly Candidate[]) => Object.fromEntries(list(all).items.map(({ subject, priority }) => [subject, priority.value]));
    expect(values([...leads, candidate('ld_x', 0.1), candidate('op_y', 0, rules)])).toMatchObject({ ld_x: 2_000, op_y: 2_000 });
    const deal = candidate('op_z', 0.1, { assessment: { value: amount(900_000) } });
    expect(values([...leads, candidate('ld_x', 0.1), deal, candidate('op_y', 0, rules)])).toMatchObject({ ld_x: 2_000, op_y: 900_000 });
  });

  test.each([
    [{ status: 'closed' }, 'closed'],
    [{ status: 'converted' }, 'converted'],
    [{ status: 'deleted', dismissed: true }, 'deleted'],
    [{ dismissed: true }, 'dismissed'],
    [{ snoozedUntil: NOW + 1 }, 'snoozed'],
    [{ lastTouch: NOW - HOUR, lastEvent: NOW - HOUR }, 'touched'],
  ] as const)('leaves out %j as %s', (facts, reason) => {
    expect(list([candidate('ld_a', 0.9, { facts })]).leftOut).toEqual([{ subject: 'ld_a', reason }]);
  });

  test.each([
    [{ snoozedUntil: NOW }, 'a snooze that is over'],
    [{ lastTouch: NOW - HOUR, lastEvent: NOW - MINUTE }, 'an answer after the touch'],
    [{ lastTouch: NOW - 2 * HOUR, lastEvent: NOW - 2 * HOUR }, 'a touch two hours ago'],
  ] as [Partial<CandidateFacts>, string][])('keeps %j: %s', (facts) => {
    expect(order([candidate('ld_a', 0.9, { facts })])).toEqual(['ld_a']);
  });

  test('another policy, seed, user, score, colleague or list before is another digest', () => {
    const all = [candidate('ld_a', 0.7), candidate('ld_b', 0.6)];
    const digests = [
      list(all),
      list(all, policyOf({ name: 'fairness', tolerance: 0.1 })),
      arrange(all, CONTEXT, plain, 8),
      list(all, plain, { user: 'us_b' }),
      list(all, plain, { away: { us_c: NOW } }),
      list(all, plain, { last: list(all).memory }),
      list([candidate('ld_a', 0.71), candidate('ld_b', 0.6)]),
    ].map(({ digest }) => digest);
    expect(new Set(digests).size).toBe(digests.length);
  });
});

describe('what is defined', () => {
  test('nothing to list', () => {
    expect(list([], RICH_POLICY)).toMatchObject({ items: [], leftOut: [], eligible: 0 });
    expect(list([candidate('ld_a', 0.5, { facts: { dismissed: true } })], RICH_POLICY).items).toEqual([]);
  });

  test('lists of nobody and of one', () => {
    const all = [candidate('ld_a', 0.7), candidate('ld_b', 0.6)];
    expect(list(all, RICH_POLICY, { limit: 0 })).toMatchObject({ items: [], eligible: 2 });
    expect(order(all, RICH_POLICY, { limit: 1 })).toEqual(['ld_a']);
  });

  test('everything equal: thousands take turns', () => {
    const all = Array.from({ length: 5_000 }, (_, n) => candidate(`ld_${n}`, 0.1));
    const { items, memory } = list(all, parsePolicy(DEFAULT_POLICY), { limit: 5_000 });
    expect(items.length).toBe(5_000);
    expect(items[0]!.propensity).toBe(1 / 5_000);
    expect(list(all, parsePolicy(DEFAULT_POLICY), { limit: 5_000, last: memory }).items.map(({ subject }) => subject)).toEqual(items.map(({ subject }) => subject));
  });

  test('chances of nothing, and times that lie ahead', () => {
    const all = [candidate('ld_a', 0), candidate('ld_b', 0), candidate('ld_c', 0, { facts: { created: NOW + DAY, lastTouch: null, lastEvent: NOW + 2 * DAY } })];
    const { items } = list(all, RICH_POLICY);
    expect(items.map(({ priority }) => priority.total)).toEqual([0, 0, 0]);
  });
});
