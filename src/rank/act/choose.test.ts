import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../base/index.ts';
import type { Value } from '../../trees/index.ts';
import type { Grade } from '../assessment.ts';
import { actionChances, chooseAction } from './choose.ts';
import { DEFAULT_ACTIONS } from './default.ts';
import { localClock } from './local-clock.ts';
import type { ActionPolicyDocument } from './document.ts';
import { defaultActionPolicy, parseActionPolicy, withoutEffects } from './policy.ts';
import { leftOutSentence } from './sentence.ts';
import type { Situation } from './situation.ts';

const now = Date.UTC(2026, 2, 2, 9); // a Monday
const sure = parseActionPolicy({ ...DEFAULT_ACTIONS, exploration: 0 });

function situation(features: Record<string, Value> = {}, over: Partial<Situation> = {}): Situation {
  return {
    subject: 'ld_a', now, grade: 'B', amount: null, created: now - 9 * DAY, lastTouch: now - 3 * DAY, lastEvent: now - 3 * DAY,
    feature: (name) => features[name] ?? (name === 'email_domain_class' ? 'corporate' : null),
    ...over,
  };
}

const sum = (of: readonly number[]): number => of.reduce((all, one) => all + one, 0);

describe('the rules', () => {
  test.each<[string, Partial<Situation>, Record<string, Value>, string, RegExp]>([
    ['a new lead', { created: now - 20 * MINUTE, lastTouch: null, lastEvent: now - MINUTE, grade: 'C' }, {}, 'call', /came in 20 minutes ago/],
    ['activity after the last contact', { lastEvent: now - 3 * HOUR }, {}, 'call', /3 hours ago, after your last contact/],
    ['activity by night', { lastEvent: now - 3 * HOUR }, { local_time: 19 }, 'email', /3 hours ago; no call, for it is Monday, 19:00, where they work$/],
    ['activity of one who must not be called', { lastEvent: now - 3 * HOUR }, { do_not_call: 1 }, 'email', /3 hours ago; no call, for the CRM says not to call$/],
    ['a contact today', { lastTouch: now - 5 * HOUR, lastEvent: now - 5 * HOUR, grade: 'A' }, {}, 'wait', /in touch 5 hours ago/],
    ['silence and a low grade', { lastTouch: now - 40 * DAY, lastEvent: now - 40 * DAY, grade: 'D' }, {}, 'nurture', /nothing has happened for 40 days/],
    ['the same, unsubscribed', { lastTouch: now - 40 * DAY, lastEvent: now - 40 * DAY, grade: 'D' }, { unsubscribed: 1 }, 'wait', /nothing has happened for 40 days/],
    ['a strong lead in conversation', { grade: 'A' }, { calls_connected_30d: 1 }, 'meeting', /last contact 3 days ago/],
    ['a strong lead that nobody has talked with', { grade: 'A' }, {}, 'email', /last contact was 3 days ago/],
    ['calls not taken', {}, { calls_missed_14d: 4 }, 'linkedin', /4 calls were not taken/],
    ['a promise not kept', { lastTouch: null, lastEvent: now - 9 * DAY }, { promises_broken: 1 }, 'handover', /promised a call/],
    ['a good lead forgotten', { lastTouch: null, lastEvent: now - 9 * DAY }, {}, 'call', /nobody has been in touch/],
    ['a weak lead forgotten', { lastTouch: null, lastEvent: now - 9 * DAY, grade: 'C' }, {}, 'email', /nobody has been in touch/],
    ['one who opted out in the CRM', { grade: 'C' }, { opted_out: 1 }, 'call', /last contact was 3 days ago/],
    ['the rest', { lastTouch: now - 20 * DAY, lastEvent: now - 20 * DAY }, {}, 'email', /last contact was 20 days ago/],
  ])('for %s', (_name, over, features, kind, sentence) => {
    expect(chooseAction(situation(features, over), sure)).toMatchObject({ kind, sentence: expect.stringMatching(sentence), propensity: 1, alternatives: [], basis: 'rules' });
  });
});

describe('constraints come first', () => {
  const hour = fc.option(fc.double({ min: 0, max: 23.99, noNaN: true }), { nil: null });
  const count = fc.option(fc.integer({ min: 0, max: 12 }), { nil: null });
  const anything = fc.record({
    subject: fc.string(), now: fc.integer({ min: now - 400 * DAY, max: now + 400 * DAY }), grade: fc.constantFrom<Grade>('A', 'B', 'C', 'D'),
    touched: fc.option(fc.integer({ min: 0, max: 30 * DAY }), { nil: null }), heard: fc.integer({ min: 0, max: 30 * DAY }),
    features: fc.record({
      local_time: hour, unsubscribed: count, do_not_call: fc.option(fc.constantFrom(0, 1), { nil: null }), emails_bounced: count, touches_14d: count, emails_sent_14d: count, calls_connected_30d: count, emails_replied_30d: count,
      calls_missed_14d: count, promises_broken: count, email_domain_class: fc.option(fc.constantFrom('corporate', 'freemail'), { nil: null }),
    }),
  });
  const chosen = fc.constantFrom(0, 0.1, 0.5, 1);

  test('nobody is written to who unsubscribed, called by night or after ten contacts, or bothered a day after; the propensities sum to 1', () => {
    fc.assert(
      fc.property(anything, chosen, ({ subject, now: at, grade, touched, heard, features }, exploration) => {
        const policy = parseActionPolicy({ ...DEFAULT_ACTIONS, exploration });
        const it: Situation = {
          subject, now: at, grade, amount: null, created: at - 31 * DAY, lastTouch: touched === null ? null : at - touched, lastEvent: at - heard,
          feature: (name) => (features as Record<string, Value>)[name] ?? null,
        };
        const action = chooseAction(it, policy);
        const possible = [action, ...action.alternatives!.map(({ action: name, propensity }) => ({ kind: name.split(':')[0], propensity }))];
        const may = (kind: string): boolean => possible.some((one) => one.kind === kind && one.propensity > 0);
        expect(sum(possible.map(({ propensity }) => propensity))).toBeCloseTo(1, 12);
        expect(possible.every(({ propensity }) => propensity > 0 && propensity <= 1)).toBe(true);
        const { unsubscribed, email_domain_class: address, touches_14d: touches, calls_connected_30d: talked, emails_replied_30d: replied } = features;
        if ((unsubscribed ?? 0) > 0 || address === null) expect(may('email') || may('nurture')).toBe(false);
        if (features.do_not_call === 1) expect(may('call')).toBe(false);
        if ((touches ?? 0) > 9) expect(may('call') || may('email') || may('meeting') || may('linkedin')).toBe(false);
        if ((talked ?? 0) === 0 && (replied ?? 0) === 0) expect(may('meeting')).toBe(false);
        if (touched !== null && touched < DAY && heard >= touched) expect(may('call') || may('email') || may('nurture')).toBe(false);
        const clock = localClock(it);
        if (clock !== undefined && (clock.hour < 8 || clock.hour >= 18 || clock.weekday % 6 === 0)) expect(may('call')).toBe(false);
        expect(chooseAction(it, policy)).toEqual(action);
      }),
      { numRuns: 2_000 },
    );
  });

  test('where nothing is left, it waits for sure and says why', () => {
    const bare = parseActionPolicy({ ...DEFAULT_ACTIONS, actions: [{ name: 'call' }, { name: 'email' }] });
    const action = chooseAction(situation({ unsubscribed: 1, local_time: 18.5 }), bare);
    expect(action).toMatchObject({ kind: 'wait', propensity: 1, alternatives: [], sentence: 'Wait: no call, for it is Monday, 18:30, where they work; no e-mail, for it has unsubscribed' });
  });

  test('whom the CRM says not to call nobody calls, by no rule, effect or lot; what is left out stands beside the choice with its reason', () => {
    const lot = parseActionPolicy({ ...DEFAULT_ACTIONS, exploration: 1 });
    const fresh = { created: now - 20 * MINUTE, lastTouch: null, lastEvent: now - MINUTE };
    for (let n = 0; n < 200; n++) {
      const subject = `${n % 2 === 0 ? 'ld' : 'op'}_${n}`;
      const { kind, alternatives, rule, leftOut } = chooseAction(situation({ do_not_call: 1 }, { ...fresh, subject }), lot);
      expect([kind, rule, ...alternatives!.map(({ action }) => action)]).not.toContain('call');
      expect(leftOut).toContainEqual({ actions: ['call'], because: 'the CRM says not to call' });
    }
    const refused = chooseAction(situation({ do_not_call: 1, opted_out: 1, calls_connected_30d: 1 }, fresh), sure);
    expect(refused.leftOut!.map(leftOutSentence)).toEqual(['No call: the CRM says not to call', 'No e-mail and marketing’s mails: it has opted out of e-mails in the CRM']);
    expect(chooseAction(situation({ do_not_call: 0, calls_connected_30d: 1 }), sure)).not.toHaveProperty('leftOut');
  });

  test('a policy without actions waits', () => {
    expect(chooseAction(situation(), parseActionPolicy({ ...DEFAULT_ACTIONS, actions: [] }))).toMatchObject({ kind: 'wait', propensity: 1, sentence: 'Wait: the policy has no other action' });
  });
});

describe('the local clock', () => {
  const at = (hour: number, time: number): unknown => localClock(situation({ local_time: hour }, { now: time }));
  test.each([
    ['a Sunday evening in New York while it is Monday in UTC', 19.5, Date.UTC(2026, 2, 2, 0, 30), { hour: 19.5, weekday: 0 }],
    ['a Monday morning in Tokyo while it is Sunday in UTC', 8, Date.UTC(2026, 2, 1, 23), { hour: 8, weekday: 1 }],
    ['UTC', 9, now, { hour: 9, weekday: 1 }],
  ])('%s', (_name, hour, time, clock) => {
    expect(at(hour, time)).toEqual(clock);
  });
});

describe('the lot', () => {
  const policy = parseActionPolicy({ ...DEFAULT_ACTIONS, exploration: 0.4 });
  const of = (n: number, over: Partial<Situation> = {}): ReturnType<typeof chooseAction> => chooseAction(situation({ calls_connected_30d: 1 }, { subject: `ld_${n}`, ...over }), policy);

  test('falls as often as the propensities say', () => {
    const seen = new Map<string, number>();
    const rounds = 20_000;
    for (let n = 0; n < rounds; n++) {
      const { kind, template } = of(n);
      const name = template == null ? kind : `${kind}:${template}`;
      seen.set(name, (seen.get(name) ?? 0) + 1);
    }
    const one = of(0);
    const name = one.template == null ? one.kind : `${one.kind}:${one.template}`;
    const expected = [{ action: name, propensity: one.propensity }, ...one.alternatives!];
    const chiSquare = sum(expected.map(({ action, propensity }) => ((seen.get(action) ?? 0) - rounds * propensity) ** 2 / (rounds * propensity)));
    expect(expected).toHaveLength(6); // all but offers and handing over
    expect(chiSquare).toBeLessThan(20.5); // 5 degrees of freedom, p = .001
  });

  test('is the same all day, and another one on another day', () => {
    const hours = Array.from({ length: 15 }, (_, hour) => of(3, { now: now + hour * HOUR }).kind);
    expect(new Set(hours).size).toBe(1);
    const days = Array.from({ length: 60 }, (_, day) => of(3, { now: now + day * DAY, lastTouch: now + (day - 3) * DAY, lastEvent: now + (day - 3) * DAY }).kind);
    expect(new Set(days).size).toBeGreaterThan(2);
  });

  test('says so', () => {
    const drawn = Array.from({ length: 50 }, (_, n) => of(n)).find(({ basis }) => basis === 'chance')!;
    expect(drawn.sentence).toMatch(/drawn by lot, as 40 in 100 are, to learn what helps$/);
    expect(drawn.rule).toBe('email:follow_up');
  });
});

describe('learned effects', () => {
  const evaluation = { estimator: 'dr', interval: 'normal', decisions: 9_000, effective: 4_210, present: 0.1, gain: 0.0031, low: 0.0004, high: 0.0058, clipped: 0, largest: 9, unsupported: 0 } as const;
  const effect = (arm: string, offset: number) => ({ arm, offset, slope: 0, model: null, decisions: 900, effective: 900 });
  const learned = (over: object = {}): ActionPolicyDocument => ({
    ...DEFAULT_ACTIONS, exploration: 0,
    learned: { target: 'lead', horizonDays: 30, until: now, columns: [], effects: [effect('call', 0.02), effect('meeting', 0.05), effect('wait', -0.01)], evaluation: { ...evaluation, ...over } },
  });

  test('the largest of those that are possible takes the place of what the rules say', () => {
    const policy = parseActionPolicy(learned());
    expect(chooseAction(situation({ calls_connected_30d: 1 }), policy)).toMatchObject({ kind: 'meeting', basis: 'effect', rule: 'email:follow_up', sentence: 'Propose a meeting: leads like this one convert 5.0 points more often than after an e-mail' });
    expect(chooseAction(situation(), policy)).toMatchObject({ kind: 'call', basis: 'effect' });
    expect(chooseAction(situation({ local_time: 19 }), policy)).toMatchObject({ kind: 'email', basis: 'rules' });
    expect(chooseAction(situation({}, { subject: 'op_a' }), policy)).toMatchObject({ basis: 'rules' }); // what was learned of leads says nothing of it
  });

  test('in a control arm the rules act alone, with the same share by lot', () => {
    const policy = parseActionPolicy({ ...learned(), exploration: 0.2 });
    const shares = (of: typeof policy): number[] => Array.from({ length: 40 }, (_, n) => chooseAction(situation({}, { subject: `ld_${n}` }), of)).map(({ basis }) => Number(basis === 'effect'));
    expect(sum(shares(policy))).toBeGreaterThan(20);
    expect(sum(shares(withoutEffects(policy)))).toBe(0);
    const chances = (of: typeof policy): unknown => [...actionChances(situation(), of).values()].toSorted();
    expect(chances(withoutEffects(policy))).toEqual(chances(policy));
    expect(withoutEffects(policy).hash).toBe(policy.hash);
  });

  test('an action must bring what it costs', () => {
    const actions = DEFAULT_ACTIONS.actions.map((spec) => (spec.name === 'meeting' ? { ...spec, cost: 100 } : spec));
    const policy = parseActionPolicy({ ...learned(), actions });
    const talked = { calls_connected_30d: 1 };
    expect(chooseAction(situation(talked, { amount: 1_000 }), policy).kind).toBe('call');
    expect(chooseAction(situation(talked, { amount: 10_000 }), policy).kind).toBe('meeting');
  });

  test.each([
    ['whose interval holds nought', { low: -0.001 }, 'the interval does not clear the present policy'],
    ['on too few decisions', { effective: 300 }, 'an effective sample of 300 is fewer than 1,000'],
    ['that would do what was never shown', { unsupported: 0.2 }, 'it would do what was never shown'],
    ['held against what was never shown', { presentUnsupported: 0.2 }, 'the present policy would do what was never shown'],
  ])('a policy %s does not act', (_name, over, silent) => {
    const policy = parseActionPolicy(learned(over));
    expect(policy).toMatchObject({ silent, effects: null });
    expect(chooseAction(situation({ calls_connected_30d: 1 }), policy)).toMatchObject({ kind: 'email', basis: 'rules' });
  });

  test.each<[string, unknown, RegExp]>([
    ['no evaluation', { ...learned(), learned: { ...learned().learned, evaluation: undefined } }, /come with the evaluation of their policy/],
    ['a model that is none', { ...learned(), learned: { ...learned().learned, effects: [{ ...effect('call', 1), model: 'AAAA' }] } }, /checksum|shorter|model/],
    ['an action that is none', { ...DEFAULT_ACTIONS, actions: [{ name: 'fax' }] }, /must be one of call, email/],
    ['an action twice', { ...DEFAULT_ACTIONS, actions: [{ name: 'call' }, { name: 'call' }] }, /is listed twice/],
    ['a template for a call', { ...DEFAULT_ACTIONS, actions: [{ name: 'call:now' }] }, /takes no template/],
    ['too much exploration', { ...DEFAULT_ACTIONS, exploration: 2 }, /share from 0 to 1/],
    ['a test of nothing', { ...DEFAULT_ACTIONS, constraints: { ...DEFAULT_ACTIONS.constraints, blocks: [{ actions: ['call'], when: [{ feature: 'x' }], because: 'y' }] } }, /is no test/],
    ['waiting ruled out', { ...DEFAULT_ACTIONS, constraints: { ...DEFAULT_ACTIONS.constraints, rest: { actions: ['wait'], hours: 1 } } }, /doing nothing is always possible/],
    ['something unknown', { ...DEFAULT_ACTIONS, budget: 1 }, /is not a known field/],
    ['nothing', null, /version must be/],
  ])('refuses a policy with %s', (_name, document, message) => {
    expect(() => parseActionPolicy(document)).toThrow(message);
  });

  test('a policy is found again by its hash, from its own document', () => {
    const { hash, document } = parseActionPolicy(learned());
    expect(parseActionPolicy(JSON.parse(JSON.stringify(document))).hash).toBe(hash);
    expect(defaultActionPolicy().hash).not.toBe(hash);
  });
});
