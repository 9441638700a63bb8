import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, HOUR } from '../base/index.ts';
import { arrange, type Candidate, type ListContext } from './arrange.ts';
import { candidateFixture, CONTEXT, NOW, policyOf, RICH_POLICY, someCandidates } from './arrange/candidates.fixture.ts';
import type { Policy } from './policy.ts';

const FAIR = [{ feature: 'lead_source', is: '=', value: 'Fair' }] as const;
const fair = { lead_source: 'Fair' };
const pins = (until: number | null, place = 1) => policyOf({ name: 'pins', rules: [{ id: 'fair', when: FAIR, place, most: 1, until }] });
const many = Array.from({ length: 12 }, (_, n) => candidateFixture(`ld_${n}`, 0.9 - n / 20, { fields: n === 9 ? fair : {} }));
const given = (candidates: readonly Candidate[], context: ListContext, policy: Policy) =>
  new Map(arrange(candidates, context, policy, 7).items.map(({ subject, reasons }) => [subject, reasons.filter(({ theme }) => theme === 'place')]));

test.each([
  ['for ever', null, {}, 'pinned by your team'],
  ['for some hours', NOW + 3 * HOUR, {}, 'pinned by your team until 12:00'],
  ['by the clocks of the rep', NOW + 3 * HOUR, { rep: { zone: 'America/New_York', team: null, awayUntil: null } }, 'pinned by your team until 07:00'],
  ['for some days', NOW + 4 * DAY, {}, 'pinned by your team until Friday'],
  ['for weeks', NOW + 40 * DAY, {}, 'pinned by your team until 2026-04-11'],
])('a record that is pinned says so: %s', (_what, until, context, sentence) => {
  const told = given(many, { ...CONTEXT, ...context }, pins(until));
  expect(told.get('ld_9')).toEqual([{ theme: 'place', direction: 'for', sentence, effect: 0 }]);
  expect([...told.values()].flat()).toHaveLength(1);
});

test('one that is pinned further down than it would stand has a reason against it', () => {
  const first = many.map((one, n) => (n === 0 ? { ...one, fields: fair } : { ...one, fields: {} }));
  expect(given(first, CONTEXT, pins(null, 5)).get('ld_0')).toMatchObject([{ direction: 'against', sentence: 'pinned by your team' }]);
});

test('a record that the lot gave a place, or brought, says so, and no other does', () => {
  const sentence = 'drawn by lot, to learn from records further down';
  const told = given(many, CONTEXT, policyOf({ name: 'exploration', every: 5 }));
  expect([...told].flatMap(([, reasons], at) => reasons.map((one) => [at, one.sentence]))).toEqual([[4, sentence], [9, sentence]]);
  const brought = many.map((one, n) => (n === 3 ? Object.assign({}, one, { drawn: 0.1 }) : one));
  expect([...given(brought, CONTEXT, policyOf())].filter(([, reasons]) => reasons.length > 0)).toEqual([['ld_3', [{ theme: 'place', direction: 'for', sentence, effect: 0 }]]]);
});

test('of any list, those that a pin or the lot acted on have one such reason, and no others', () => {
  fc.assert(fc.property(someCandidates(), (candidates) => {
    for (const { adjustments, reasons } of arrange(candidates, CONTEXT, RICH_POLICY, 7).items) {
      const isGiven = adjustments.some(({ name }) => name === 'pins' || name === 'exploration');
      expect(reasons.filter(({ theme }) => theme === 'place').length).toBe(Number(isGiven));
    }
  }));
});
