import { expect, test } from 'vitest';
import { lookAt } from '../bench/ranking/violations.ts';
import { policiesOf, worklistOf } from '../bench/ranking/worlds.ts';
import { random } from '../src/base/index.ts';

/** The small form of `bench/ranking/worklists.ts`, which looks at a million. */
test('no generated worklist violates eligibility, rest, fatigue, diversity or pins, and none is shuffled when it is asked for again', () => {
  const draw = random(2);
  const policies = policiesOf(draw, 50);
  for (let n = 0; n < 4_000; n++) {
    const worklist = worklistOf(draw, policies, draw.below(24));
    const whole = n % 2 === 0 ? { ...worklist, context: { ...worklist.context, limit: 100 } } : worklist;
    expect(lookAt(whole)).toEqual([]);
  }
});
