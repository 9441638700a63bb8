import { expect, test } from 'vitest';
import { decisionFixture } from './decision.fixture.ts';
import { formatDecision } from './lookup.ts';

test('a decision is told with the reasons of its place', () => {
  const priority = { total: 60, chance: 0.2, value: 300, usual: 100, factors: [] };
  const reasons = [{ theme: 'value', direction: 'for', sentence: 'its amount is 300 EUR, 3 times what is usual on the list', effect: 1.0986 } as const];
  const placement = { list: 'l_1', listDigest: '', position: 2, adjustments: [], limit: 10, seed: 1, priority, reasons };
  const told = (over: object): string => formatDecision({ segment: 's', at: 0, proof: { salt: '', bodyHash: '', chain: '' }, decision: decisionFixture(1, over) });
  expect(told({ placement })).toContain('by 0.2 × 300 = 60\n            for the place: its amount is 300 EUR, 3 times what is usual on the list (+1.10)\n');
  expect(told({})).not.toContain('the place');
  const pinned = { theme: 'place', direction: 'for', sentence: 'pinned by your team', effect: 0 } as const;
  expect(told({ placement: { ...placement, reasons: [pinned] } })).toContain('            for the place: pinned by your team\n');
});

test('a decision is told with what was ruled out, and why', () => {
  const told = (over: object): string => formatDecision({ segment: 's', at: 0, proof: { salt: '', bodyHash: '', chain: '' }, decision: decisionFixture(1, over) });
  const action = { ...decisionFixture(1).action, leftOut: [{ actions: ['call'], because: 'the CRM says not to call' }] };
  expect(told({ action })).toContain('            No call: the CRM says not to call\n');
  expect(told({})).not.toContain('No call');
});
