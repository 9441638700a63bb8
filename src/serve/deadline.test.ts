import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startDeadline } from './deadline.ts';

const STAGES = ['model', 'last-score', 'features'] as const;

describe('a deadline', () => {
  test.each([
    [0, []],
    [700, []],
    [701, ['model']],
    [851, ['model', 'last-score']],
    [1_001, ['model', 'last-score', 'features']],
  ] as const)('after %i of 1,000 ms it leaves out %j', (passed, late) => {
    let now = 5;
    const deadline = startDeadline({ clock: () => now, within: 1_000 });
    now += passed;
    expect(STAGES.filter((stage) => deadline.late(stage) !== null)).toEqual(late);
  });

  test('says how much of it had passed, and the same whenever it is asked later', () => {
    let now = 0;
    const { late } = startDeadline({ clock: () => now, within: 10_000 });
    now = 7_500;
    const said = late('model');
    now = 60_000;
    expect([said, late('model')]).toEqual(Array(2).fill('the deadline: 7 s of 10 s had passed'));
  });

  test('what is left out is never the cheaper stage alone', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 1e5 }), (passed, within) => {
        let now = 0;
        const { late } = startDeadline({ clock: () => now, within });
        now = passed;
        const left = STAGES.map((stage) => Number(late(stage) !== null));
        expect(left).toEqual(left.toSorted((a, b) => b - a));
      }),
    );
  });
});
