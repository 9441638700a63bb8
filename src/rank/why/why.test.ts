import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../base/index.ts';
import { arrange, type Candidate, type ListContext } from '../arrange.ts';
import { candidateFixture as candidate, CONTEXT, NOW, policyOf, RICH_POLICY, someCandidates, worth } from '../arrange/candidates.fixture.ts';
import type { Policy } from '../policy.ts';
import type { Effect } from '../reasons.ts';
import { why, type Explained, type Why } from '../why.ts';

const SEED = 7;
const NAMES: Readonly<Record<string, string>> = { ld_a: 'Ada', ld_b: 'Bob' };
const ABSENT: Readonly<Record<string, string>> = { ld_y: 'closed yesterday' };

interface Asked {
  readonly policy?: Policy;
  readonly context?: Partial<ListContext>;
  readonly effects?: Readonly<Record<string, Explained>>;
}

const ask = (pair: readonly [string, string], candidates: readonly Candidate[], { policy = policyOf(), context = {}, effects = {} }: Asked = {}): Why =>
  why(pair, { candidates, context: { ...CONTEXT, ...context }, policy, seed: SEED, effects: (subject) => effects[subject] ?? null, name: (subject) => NAMES[subject] ?? subject, absent: (subject, withheld) => withheld ?? ABSENT[subject] ?? null });
const said = (...given: [readonly Candidate[], Asked?]): string => ask(['ld_a', 'ld_b'], ...given).sentence;

describe('why one stands above another', () => {
  test('names the greatest part of what really put it there, for any two of any list', () => {
    fc.assert(
      fc.property(someCandidates({ levels: ['L0', 'L3'] }), fc.boolean(), fc.nat(99), (all, remembered, at) => {
        const last = remembered ? arrange(all.slice(3), CONTEXT, RICH_POLICY, SEED).memory : null;
        const { items } = arrange(all, { ...CONTEXT, last }, RICH_POLICY, SEED);
        if (items.length < 2) return;
        const [a, b] = [items[at % items.length]!, items[(7 * at + 1) % items.length]!];
        if (a === b) return;
        const [upper, lower] = a.position < b.position ? [a, b] : [b, a];
        const found = ask([a.subject, b.subject], all, { policy: RICH_POLICY, context: { last } });
        expect(found).toMatchObject({ upper: upper.subject, lower: lower.subject, places: [upper.position, lower.position] });
        expect(found.sentence).not.toMatch(/undefined|NaN|null|Infinity|\{|\}/u);
        const sum = found.parts.reduce((all_, { size }) => all_ + size, 0);
        const ratio = Math.log(upper.priority.total / lower.priority.total);
        if (Number.isFinite(ratio) && Number.isFinite(sum)) expect(sum).toBeCloseTo(ratio, 9);
        if (found.by === 'pins') expect([upper, lower].some(({ adjustments }) => adjustments.some(({ name }) => name === 'pins'))).toBe(true);
        else if (found.by === 'capacity' || found.by === 'exploration') expect(upper.adjustments.map(({ name }) => name)).toContain(found.by);
        else if (found.by === 'fairness') expect(Math.abs(ratio || 0)).toBeLessThanOrEqual(0.0101);
        else if (found.by === 'steady') expect(ratio).toBeGreaterThanOrEqual(-Math.log(1.1) - 1e-12);
        else if (found.by === 'raw' || found.by === 'id') expect(upper.priority.total).toBe(lower.priority.total);
        else {
          const greatest = Math.max(...found.parts.map(({ size }) => size));
          expect(found.parts.find(({ name, size }) => name === found.by && size === greatest)).toBeDefined();
          expect(greatest).toBeGreaterThan(0);
          expect(upper.priority.total).toBeGreaterThanOrEqual(lower.priority.total);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('in whichever order it is asked', () => {
    const all = [candidate('ld_a', 0.12), candidate('ld_b', 0.071)];
    expect(ask(['ld_b', 'ld_a'], all)).toEqual(ask(['ld_a', 'ld_b'], all));
  });

  test('by its chance, with the theme that differs most and both sides of it', () => {
    const effects = (rows: readonly (readonly [string, string, number, string])[], by = 'model 1'): Explained => ({
      by,
      effects: rows.map(([feature, theme, effect, text]): Effect => ({ feature, theme, effect, sentence: () => text })),
    });
    const all = [candidate('ld_a', 0.12), candidate('ld_b', 0.071)];
    const mine = effects([['visits', 'intent', 0.9, '5 visits'], ['forms', 'intent', 0.4, 'one form'], ['size', 'fit', 0.3, 'a large company']]);
    const other = effects([['visits', 'intent', -0.2, 'no visit'], ['forms', 'intent', 0.4, 'one form'], ['size', 'fit', -0.6, 'a small company']]);
    expect(said(all, { effects: { ld_a: mine, ld_b: other } })).toBe(
      'Ada stands above Bob mostly because Ada has the better chance, 12 % against 7.1 %; they differ most in intent: of Ada, 5 visits, of Bob, no visit',
    );
    expect(said(all, { effects: { ld_a: mine, ld_b: { ...other, by: 'model 2' } } })).toBe('Ada stands above Bob mostly because Ada has the better chance, 12 % against 7.1 %');
    expect(said(all, { effects: { ld_a: mine, ld_b: effects([]) } })).toContain('they differ most in intent: of Ada, 5 visits');
  });

  test.each<[string, Candidate[], Asked, string]>([
    [
      'its value, although its chance is less',
      [candidate('ld_a', 0.1, { assessment: { value: worth(12_500) } }), candidate('ld_b', 0.2, { assessment: { value: worth(3_000) } })],
      {},
      'Ada stands above Bob mostly because Ada is worth more, 12,500 EUR against 3,000 EUR, although Bob has the better chance, 20 % against 10 %',
    ],
    [
      'its deadline',
      [candidate('ld_a', 0.1, { facts: { created: NOW - HOUR, lastTouch: null, lastEvent: NOW - HOUR } }), candidate('ld_b', 0.15)],
      { policy: policyOf({ name: 'deadline', within: 4 * HOUR, near: HOUR, lost: 24 * HOUR, lift: 2, rush: 3 }) },
      'Ada stands above Bob mostly because Ada counts more: nobody has been in touch since it came in 1 hour ago; a first contact is due within 4 hours of working time (× 2 against × 1), although Bob has the better chance, 15 % against 10 %',
    ],
    [
      'the other’s rest',
      [candidate('ld_a', 0.1), candidate('ld_b', 0.15, { facts: { lastTouch: NOW - 3 * HOUR, lastEvent: NOW - 3 * HOUR } })],
      { policy: policyOf({ name: 'rest', within: DAY, lift: 0.5 }) },
      'Ada stands above Bob mostly because Bob counts less: it was contacted 3 hours ago and has not answered yet (× 0.56 against × 1), although Bob has the better chance, 15 % against 10 %',
    ],
    [
      'a weight',
      [candidate('ld_a', 0.1, { fields: { country: 'DE' } }), candidate('ld_b', 0.12)],
      { policy: policyOf({ name: 'weights', rules: [{ id: 'home', when: [{ feature: 'country', is: '=', value: 'DE' }], factor: 1.5 }] }) },
      'Ada stands above Bob mostly because the weight home counts × 1.5 for Ada and × 1 for Bob, although Bob has the better chance, 12 % against 10 %',
    ],
    [
      'a pin',
      [candidate('ld_a', 0.1, { fields: { country: 'FR' } }), candidate('ld_b', 0.15)],
      { policy: policyOf({ name: 'pins', rules: [{ id: 'fair', when: [{ feature: 'country', is: '=', value: 'FR' }], place: 1, most: 1, until: null }] }) },
      'Ada stands above Bob because it is pinned',
    ],
    [
      'the last list',
      [candidate('ld_a', 0.1), candidate('ld_b', 0.105)],
      { policy: policyOf({ name: 'steady', margin: 0.1 }), context: { last: { seed: SEED, ranked: [['ld_a', 1], ['ld_b', 1]] } } },
      'Ada stands above Bob as it did today: Bob passes once it is wanted more by 10 %, and it is by 5 %',
    ],
    [
      'the model’s finer figure',
      [candidate('ld_a', 0.1, { assessment: { raw: 2 } }), candidate('ld_b', 0.1)],
      {},
      'Ada stands above Bob by a hair: they are equal in what the list goes by, and the model’s own figure is greater',
    ],
    ['its id', [candidate('ld_a', 0.1), candidate('ld_b', 0.1)], {}, 'Ada and Bob are equal in everything that the list goes by, and so stand in the order of their ids'],
    [
      'what its points stand for where rules answer',
      [candidate('ld_a', 0.1, { assessment: { score: 70, probability: null, raw: null } }), candidate('ld_b', 0.1, { assessment: { score: 60, probability: null, raw: null } })],
      {},
      'Ada stands above Bob mostly because Ada has the better chance, 11 % by 70 points against 8 % by 60 points',
    ],
  ])('by %s', (_name, all, asked, sentence) => {
    expect(said(all, asked)).toBe(sentence);
  });

  test('those that are equal take turns', () => {
    const all = [candidate('ld_a', 0.1), candidate('ld_b', 0.1)];
    const found = ask(['ld_a', 'ld_b'], all, { policy: policyOf({ name: 'fairness', tolerance: 0.01 }) });
    const [first, second] = [NAMES[found.upper]!, NAMES[found.lower]!];
    if (found.by === 'fairness') expect(found.sentence).toBe(`${first} and ${second} are equal within 1 %, and today it is the turn of ${first}`);
  });

  test('who was drawn stands there by lot', () => {
    const all = Array.from({ length: 12 }, (_, at) => candidate(`ld_${at + 10}`, 0.2 - at / 100));
    const policy = policyOf({ name: 'exploration', every: 3 });
    const { items } = arrange(all, CONTEXT, policy, SEED);
    const at = items.findIndex(({ adjustments }) => adjustments.some(({ name }) => name === 'exploration'));
    const [drawn, next] = [items[at]!.subject, items[at + 1]!.subject];
    expect(ask([drawn, next], all, { policy }).sentence).toBe(`${drawn} stands above ${next} by lot: one place in 3 goes to a record drawn from all below`);
  });

  test.each([
    [['ld_a', 'ld_c'], '"Ada": is not on the list: dismissed; name two records of the same list'],
    [['ld_c', 'ld_y'], '"ld_y": is not on the list: closed yesterday; name two records of the same list'],
    [['ld_c', 'ld_x'], '"ld_x": is not among the candidates of the list'],
    [['ld_c', 'ld_c'], 'ld_c: cannot stand above itself'],
  ] as const)('%j is refused, with why', (pair, message) => {
    const all = [candidate('ld_a', 0.1, { facts: { dismissed: true } }), candidate('ld_c', 0.1)];
    expect(() => ask([...pair], all)).toThrow(message);
  });
});
