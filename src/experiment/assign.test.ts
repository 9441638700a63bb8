import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { armOf, isOn } from './assign.ts';
import { binomialTest } from './binomial.ts';

const UNITS = 4_000;
const controls = (spec: { salt: string; share: number }): boolean[] => Array.from({ length: UNITS }, (_, n) => armOf(spec, `tm_${n}`) === 'control');

describe('the arm of a unit', () => {
  test.each([0.02, 0.2, 0.5, 0.9])('is control in a share of %f', (share) => {
    for (const salt of ['a', 'b', 'payoff 2026']) expect(binomialTest(controls({ salt, share }).filter(Boolean).length, UNITS, share)).toBeGreaterThan(0.001);
  });

  test('is the same whenever it is asked, and stays control where the share grows', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.double({ min: 0.01, max: 0.5, noNaN: true }), (salt, unit, share) => {
        const arm = armOf({ salt, share }, unit);
        expect(armOf({ salt, share }, unit)).toBe(arm);
        if (arm === 'control') expect(armOf({ salt, share: share + 0.4 }, unit)).toBe('control');
      }),
    );
  });

  test('of another salt is drawn anew', () => {
    const [a, b] = ['a', 'b'].map((salt) => controls({ salt, share: 0.5 }));
    const both = a!.filter((is, n) => is && b![n]).length;
    expect(binomialTest(both, UNITS, 0.25)).toBeGreaterThan(0.001);
  });
});

test.each([
  [null, null, 5, true],
  [5, null, 5, true],
  [6, null, 5, false],
  [null, 5, 5, false],
  [1, 6, 5, true],
])('from %j until %j at %i: %j', (from, until, time, on) => {
  expect(isOn({ from, until }, time)).toBe(on);
});
