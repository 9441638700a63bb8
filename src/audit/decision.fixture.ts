import type { Decision } from './decision.ts';

/** A decision for tests of what keeps decisions: any JSON would do there. */
export function decisionFixture(n: number, over: Partial<Decision> = {}): Decision {
  return {
    id: `d_${String(n).padStart(20, '0')}`,
    subject: `ld_${String(n % 3).padStart(20, '0')}`,
    user: 'us_00000000000000000000',
    time: 1_000_000 + n,
    offset: n,
    level: 'L3',
    levelReason: 'Rules by design: no model decides of such records yet',
    raw: null,
    probability: null,
    score: 20,
    grade: 'C',
    reasons: [{ theme: 'fit', direction: 'for', sentence: `tinsmith number ${n}`, effect: 5 }],
    value: null,
    expectedValue: null,
    action: { kind: 'wait', sentence: 'Wait', propensity: 1 },
    engine: '0'.repeat(32),
    bundle: null,
    rules: '1'.repeat(32),
    policy: null,
    columns: '2'.repeat(32),
    experiment: null,
    arm: null,
    fault: null,
    placement: null,
    facts: { created: 0, lastTouch: null, lastEvent: n },
    sources: [],
    last: null,
    vector: [n, 'tinsmith', null],
    ...over,
  };
}
