import { expect, test } from 'vitest';
import type { Policy } from '../rank/index.ts';
import type { Decision } from './decision.ts';
import { urgencyGrounds } from './urgency.ts';

const factor = (name: string, by: number, rule: string | null = null) => ({ name, rule, factor: by, sentence: null });
const decision = {
  facts: { created: 0, lastTouch: null, lastEvent: 60_000 },
  sources: [{ source: 'web' }, { source: 'email' }],
  vector: ['Energy', 7],
  placement: { priority: { factors: [factor('freshness', 2), factor('promise', 1), factor('weights', 0.5, 'energy')] } },
} as unknown as Decision;
const policy = { adjustments: [{ name: 'weights', rules: [{ id: 'energy', factor: 0.5, when: [{ feature: 'industry', is: '=', value: 'Energy' }] }] }] } as unknown as Policy;

test('names the facts of each factor that counted, with the feeds that tell them, and the features of a weight', () => {
  expect(urgencyGrounds(decision, policy, ['industry', 'visits'])).toEqual([
    { feature: 'last_event', value: '1970-01-01T00:01:00.000Z', effect: expect.closeTo(Math.LN2, 12) as number, feeds: ['web', 'email'] },
    { feature: 'last_touch', value: null, effect: expect.closeTo(Math.LN2, 12) as number, feeds: ['telephony', 'email', 'salesforce'] },
    { feature: 'industry', value: 'Energy', effect: expect.closeTo(-Math.LN2, 12) as number },
  ]);
});

test('names nothing outside a list', () => {
  expect(urgencyGrounds({ ...decision, placement: null }, policy, [])).toEqual([]);
});
