import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../base/index.ts';
import { arrange, type Arrangement, type Candidate, type ListContext } from '../arrange.ts';
import { DEFAULT_POLICY, parsePolicy, type Policy } from '../policy.ts';
import type { SpecOf } from '../policy/adjustments.ts';
import { candidateFixture as candidate, CONTEXT, NOW, policyOf, RICH_POLICY, someCandidates, worth } from './candidates.fixture.ts';
import { writtenPolicy } from '../policy/written.ts';

const SEED = 7;
const list = (all: readonly Candidate[], policy: Policy, context: Partial<ListContext> = {}, seed = SEED): Arrangement =>
  arrange(all, { ...CONTEXT, ...context }, policy, seed);
const order = (...given: Parameters<typeof list>): string[] => list(...given).items.map(({ subject }) => subject);
const deadline: SpecOf<'deadline'> = { name: 'deadline', within: 4 * HOUR, near: HOUR, lost: 24 * HOUR, lift: 2, rush: 3 };
const untouched = (created: number): Partial<Candidate['facts']> => ({ created, lastTouch: null, lastEvent: created });

describe('a first contact that is due', () => {
  const factorAt = (created: number): number => list([candidate('ld_a', 0.1, { facts: untouched(created) })], policyOf(deadline)).items[0]!.priority.factors[0]?.factor ?? 1;

  test.each([
    ['came in just now', NOW - MINUTE, 2],
    ['came in on Sunday, when nobody works', NOW - 15 * HOUR, 2],
    ['has less than an hour of working time left since Friday', Date.UTC(2026, 1, 27, 14, 29), 3],
    ['is half an hour over', Date.UTC(2026, 1, 27, 13, 0), 1 + (1 - 0.5 / 20)],
    ['is lost', Date.UTC(2026, 1, 20, 9, 0), 1],
  ])('one that %s (%d) is wanted %d times as much', (_name, created, factor) => {
    expect(factorAt(created)).toBeCloseTo(factor, 12);
  });

  test('a touch ends it', () => {
    expect(list([candidate('ld_a', 0.1)], policyOf(deadline)).items[0]!.priority.factors).toEqual([]);
  });

  test('says from where to where it led, and why', () => {
    const all = [candidate('ld_a', 0.15), candidate('ld_b', 0.12), candidate('ld_new', 0.1, { facts: untouched(NOW - 20 * MINUTE) })];
    const [first] = list(all, policyOf(deadline)).items;
    expect(first).toMatchObject({ subject: 'ld_new', adjustments: [{ name: 'deadline', before: 3, after: 1, factor: 2 }] });
    expect(first!.priority.factors[0]!.sentence).toBe('nobody has been in touch since it came in 20 minutes ago; a first contact is due within 4 hours of working time');
  });
});

describe('the goal of a list', () => {
  const valued = (of: Candidate, amount: number | null): Candidate => ({ ...of, assessment: { ...of.assessment, value: worth(amount) } });
  const all = [valued(candidate('ld_likely', 0.3), 1_000), valued(candidate('ld_large', 0.1), 9_000), valued(candidate('ld_unknown', 0.2), null)];

  test('is money unless it is said to be conversions', () => {
    expect(order(all, policyOf())).toEqual(['ld_large', 'ld_likely', 'ld_unknown']);
    expect(order(all, parsePolicy({ version: 2, goal: 'conversions', adjustments: [] }))).toEqual(['ld_likely', 'ld_unknown', 'ld_large']);
  });
  test('of conversions gives the list in which nobody is worth anything', () => {
    const document = writtenPolicy(DEFAULT_POLICY);
    const [money, conversions] = [parsePolicy(document), parsePolicy({ ...document, goal: 'conversions' })];
    fc.assert(fc.property(someCandidates(), (some) => {
      const places = (given: readonly Candidate[], policy: Policy): unknown => list(given, policy).items.map(({ subject, adjustments, priority }) => ({ subject, adjustments, priority }));
      expect(places(some, conversions)).toEqual(places(some.map((one) => valued(one, null)), money));
    }));
  });
});

test('news lifts, and a contact without an answer lowers', () => {
  const policy = policyOf({ name: 'freshness', within: 12 * HOUR, lift: 1.5 }, { name: 'rest', within: DAY, lift: 0.5 });
  const all = [
    candidate('ld_touched', 0.6, { facts: { lastTouch: NOW - 3 * HOUR, lastEvent: NOW - 3 * HOUR } }),
    candidate('ld_b', 0.55),
    candidate('ld_answered', 0.5, { facts: { lastTouch: NOW - DAY, lastEvent: NOW - HOUR } }),
  ];
  expect(order(all, policyOf())).toEqual(['ld_touched', 'ld_b', 'ld_answered']);
  expect(order(all, policy)).toEqual(['ld_answered', 'ld_b', 'ld_touched']);
});

test('weights count where their conditions hold, one after another', () => {
  const rule = (id: string, value: string, factor: number): SpecOf<'weights'>['rules'][number] => ({ id, when: [{ feature: 'country', is: '=', value }], factor });
  const policy = policyOf({ name: 'weights', rules: [rule('home', 'DE', 2), rule('later', 'FR', 0.5), rule('again', 'DE', 1.5)] });
  const all = [candidate('ld_a', 0.3, { fields: { country: 'FR' } }), candidate('ld_b', 0.1, { fields: { country: 'DE' } }), candidate('ld_c', 0.2)];
  const { items } = list(all, policy);
  expect(items.map(({ subject }) => subject)).toEqual(['ld_b', 'ld_c', 'ld_a']);
  expect(items[0]!.priority.factors).toEqual([{ name: 'weights', rule: 'home', factor: 2, sentence: null }, { name: 'weights', rule: 'again', factor: 1.5, sentence: null }]);
  expect(items[0]!.adjustments).toEqual([{ name: 'weights', rule: null, before: 3, after: 1, factor: 3 }]);
});

describe('fairness', () => {
  const policy = policyOf({ name: 'fairness', tolerance: 0.01 });
  const equals = Array.from({ length: 5 }, (_, n) => candidate(`ld_${n}`, 0.1));

  test('those that are equal take turns from day to day, each place by the probability that is said', () => {
    const days = 4_000;
    const first = new Map<string, number>();
    for (let seed = 0; seed < days; seed++) {
      const { subject, propensity } = list(equals, policy, {}, seed).items[0]!;
      expect(propensity).toBe(1 / 5);
      first.set(subject, (first.get(subject) ?? 0) + 1);
    }
    const squares = equals.map(({ assessment: { subject } }) => ((first.get(subject) ?? 0) - days / 5) ** 2 / (days / 5));
    expect(squares.reduce((sum, it) => sum + it, 0)).toBeLessThan(18.5); // chi-square, 4 degrees of freedom, one in a thousand
  });

  test('nobody passes one that is better by more than the tolerance', () => {
    fc.assert(
      fc.property(someCandidates(), fc.nat(99), (all, seed) => {
        const totals = list(all, policy, {}, seed).items.map(({ priority }) => priority.total);
        let least = Infinity;
        for (const total of totals) {
          least = Math.min(least, total);
          expect(total * (1 - 0.01)).toBeLessThanOrEqual(least);
        }
      }),
    );
  });
});

describe('steadiness', () => {
  const margin = 0.1;
  const policy = policyOf({ name: 'fairness', tolerance: 0.01 }, { name: 'steady', margin }, { name: 'diversity', most: 2 }, { name: 'exploration', every: 4 });
  /** The same candidates with chances that changed by at most `by`. */
  const changed = (all: readonly Candidate[], by: readonly number[]): Candidate[] =>
    all.map((it, n) => ({ ...it, assessment: { ...it.assessment, probability: it.assessment.probability! * by[n % by.length]! } }));
  const drift = (most: number): fc.Arbitrary<number[]> => fc.array(fc.double({ min: 1 / (1 + most), max: 1 + most, noNaN: true }), { minLength: 7, maxLength: 7 });

  test('a list that is asked for again is the same', () => {
    fc.assert(
      fc.property(someCandidates(), drift(0.5), (all, by) => {
        const first = list(all, policy);
        const second = list(changed(all, by), policy, { last: first.memory });
        const third = list(changed(all, by), policy, { last: second.memory });
        expect(third.items.map(({ subject }) => subject)).toEqual(second.items.map(({ subject }) => subject));
        expect(third.items.map(({ propensity }) => propensity)).toEqual(second.items.map(({ propensity }) => propensity));
      }),
    );
  });

  test('a record passes another only where its priority is greater by more than the margin', () => {
    fc.assert(
      fc.property(someCandidates(), drift(0.3), (all, by) => {
        const only = policyOf({ name: 'steady', margin });
        const before = list(all, only).items.map(({ subject }) => subject);
        const after = list(changed(all, by), only, { last: list(all, only).memory }).items;
        after.forEach((upper, at) => {
          for (const lower of after.slice(at + 1)) {
            expect(lower.priority.total).toBeLessThanOrEqual(upper.priority.total * (1 + margin));
          }
        });
        const close = after.every(({ priority }) => after.every((other) => other.priority.total <= priority.total * (1 + margin)));
        if (close) expect(after.map(({ subject }) => subject)).toEqual(before);
      }),
    );
  });

  test('a small change moves nobody; a new record and a great change find their places', () => {
    const all = Array.from({ length: 10 }, (_, n) => candidate(`ld_${n}`, 0.5 * 0.7 ** n));
    const { memory } = list(all, policyOf({ name: 'steady', margin }));
    const rises = changed(all, [1, 1, 1, 1, 1, 1, 10]);
    const fresh = candidate('ld_new', 0.4);
    expect(order([...rises, fresh], policyOf({ name: 'steady', margin }), { last: memory })).toEqual(['ld_6', 'ld_0', 'ld_new', 'ld_1', 'ld_2', 'ld_3', 'ld_4', 'ld_5', 'ld_7', 'ld_8', 'ld_9']);
  });

  test('another day remembers nothing', () => {
    const all = [candidate('ld_a', 0.5), candidate('ld_b', 0.51)];
    const only = policyOf({ name: 'steady', margin });
    const last = { seed: SEED, ranked: [['ld_a', 1], ['ld_b', 1]] as const };
    expect(order(all, only, { last })).toEqual(['ld_a', 'ld_b']);
    expect(order(all, only, { last: { ...last, seed: SEED + 1 } })).toEqual(['ld_b', 'ld_a']);
  });
});

describe('diversity, fatigue and pins', () => {
  test('are never violated', () => {
    fc.assert(
      fc.property(someCandidates({ most: 40, levels: ['L0', 'L3'] }), fc.nat(99), fc.integer({ min: 0, max: 40 }), (all, seed, limit) => {
        const last = list(all.slice(0, 15), RICH_POLICY, {}, seed).memory;
        const whole = list(all, RICH_POLICY, { last, limit: 100 }, seed);
        const byId = new Map(all.map((it) => [it.assessment.subject, it]));
        const counts = new Map<string, number>();
        for (const { subject } of whole.items.slice(0, limit)) {
          const { facts, fields } = byId.get(subject)!;
          if (facts.account) counts.set(facts.account, (counts.get(facts.account) ?? 0) + 1);
          const silent = facts.lastTouch !== null && facts.lastEvent <= facts.lastTouch;
          expect(silent && Number(fields!['touches_14d']) >= 8).toBe(false);
          expect(silent && NOW - facts.lastTouch! < 2 * HOUR).toBe(false);
        }
        for (const count of counts.values()) expect(count).toBeLessThanOrEqual(3);
        const pinned = whole.items.filter(({ adjustments }) => adjustments.some(({ name }) => name === 'pins'));
        const french = whole.items.filter(({ subject }) => byId.get(subject)!.fields!['country'] === 'FR');
        expect(pinned.length).toBe(Math.min(2, french.length));
        const end = whole.items.length;
        expect(pinned.map(({ position }) => position)).toEqual([2, 3].slice(0, pinned.length).map((place, at) => Math.min(place, end - pinned.length + at + 1)));
      }),
      { numRuns: 300 },
    );
  });

  test('a pin waits for no account, and gives way to none', () => {
    const when = [{ feature: 'country', is: '=', value: 'FR' }] as const;
    const policy = policyOf({ name: 'diversity', most: 1 }, { name: 'pins', rules: [{ id: 'fair', when, place: 1, most: 5, until: null }] });
    const of = (subject: string, chance: number, country: string): Candidate => candidate(subject, chance, { facts: { account: 'ac_1' }, fields: { country } });
    const { items, leftOut } = list([of('ld_a', 0.9, 'DE'), of('ld_b', 0.1, 'FR'), of('ld_c', 0.2, 'FR')], policy);
    expect(items.map(({ subject }) => subject)).toEqual(['ld_c']);
    expect(leftOut).toEqual([{ subject: 'ld_a', reason: 'account' }, { subject: 'ld_b', reason: 'account' }]);
  });

  test('a pin on what may not be listed pins nothing, and so does one whose time is over', () => {
    const when = [{ feature: 'country', is: '=', value: 'FR' }] as const;
    const pin = (until: number | null): Policy => policyOf({ name: 'pins', rules: [{ id: 'fair', when, place: 1, most: 1, until }] });
    const gone = candidate('ld_gone', 0.1, { facts: { status: 'closed' }, fields: { country: 'FR' } });
    const here = candidate('ld_here', 0.1, { fields: { country: 'FR' } });
    expect(order([gone, candidate('ld_a', 0.9)], pin(null))).toEqual(['ld_a']);
    expect(order([here, candidate('ld_a', 0.9)], pin(NOW + 1))).toEqual(['ld_here', 'ld_a']);
    expect(order([here, candidate('ld_a', 0.9)], pin(NOW))).toEqual(['ld_a', 'ld_here']);
  });
});

describe('exploration', () => {
  test('every so many places, one that is drawn evenly from it and all below, by the probability that is said', () => {
    const all = Array.from({ length: 7 }, (_, n) => candidate(`ld_${n}`, 0.5 - 0.05 * n));
    const policy = policyOf({ name: 'exploration', every: 3 });
    const [days, third] = [4_000, new Map<string, number>()];
    for (let seed = 0; seed < days; seed++) {
      const { items } = list(all, policy, {}, seed);
      expect(items.slice(0, 2).map(({ subject }) => subject)).toEqual(['ld_0', 'ld_1']);
      expect([items[2]!.propensity, items[5]!.propensity, items[6]!.propensity]).toEqual([1 / 5, 1 / 2, 1]);
      third.set(items[2]!.subject, (third.get(items[2]!.subject) ?? 0) + 1);
    }
    const squares = all.slice(2).map(({ assessment: { subject } }) => ((third.get(subject) ?? 0) - days / 5) ** 2 / (days / 5));
    expect(squares.reduce((sum, it) => sum + it, 0)).toBeLessThan(18.5);
  });
});

describe('capacity', () => {
  const policy = policyOf(deadline, { name: 'capacity', each: 30 * MINUTE });
  const many = Array.from({ length: 30 }, (_, n) => candidate(`ld_${String(n).padStart(2, '0')}`, 0.5 - 0.01 * n));
  const evening = { now: Date.UTC(2026, 2, 2, 16, 30) }; // an hour is left

  test('what is due today goes into the part for which there is time today', () => {
    const due = candidate('ld_due', 0.01, { facts: untouched(Date.UTC(2026, 2, 2, 13)) });
    const { items, today } = list([...many, due], policy, evening);
    expect(today).toEqual({ left: HOUR, opens: evening.now, places: 2 });
    expect(items.slice(0, 3).map(({ subject, today: now }) => [subject, now])).toEqual([['ld_00', true], ['ld_due', true], ['ld_01', false]]);
    expect(items[1]!.adjustments.map(({ name, before, after }) => [name, before, after])).toEqual([['deadline', 31, 31], ['capacity', 31, 2]]);
  });

  test('with no time left, or while away, the list is that of the next working day', () => {
    const night = { now: Date.UTC(2026, 2, 2, 20) };
    expect(list(many, policy, night)).toMatchObject({ today: { left: 0, opens: Date.UTC(2026, 2, 3, 9), places: 0 }, items: { 0: { subject: 'ld_00', today: false } } });
    const rep = { zone: 'Europe/Berlin', team: null, awayUntil: Date.UTC(2026, 2, 9) };
    expect(list(many, policy, { ...evening, rep }).today).toEqual({ left: 0, opens: Date.UTC(2026, 2, 9, 8), places: 0 });
  });
});

test('of a colleague who is away a list has only what cannot wait', () => {
  const policy = policyOf({ name: 'absence' }, deadline);
  const of = (subject: string, owner: string, facts: Partial<Candidate['facts']> = {}): Candidate => candidate(subject, 0.1, { facts: { ...facts, owner } });
  const all = [of('ld_own', 'us_a'), of('ld_calm', 'us_b'), of('ld_urgent', 'us_b', untouched(NOW - HOUR)), of('ld_back', 'us_c'), of('ld_pool', 'us_d')];
  const { items, leftOut } = list(all, policy, { away: { us_b: NOW + DAY, us_c: NOW } });
  expect(items.map(({ subject }) => subject)).toEqual(['ld_urgent', 'ld_back', 'ld_own', 'ld_pool']);
  expect(leftOut).toEqual([{ subject: 'ld_calm', reason: 'absent' }]);
});
