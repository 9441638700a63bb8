import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exp, log, logit, pow2, sigmoid } from './maths.ts';

const relative = (got: number, want: number): number => (got === want ? 0 : Math.abs(got - want) / Math.abs(want));

describe('deterministic maths', () => {
  test('exp is within 2 ulp of the engine’s', () => {
    fc.assert(fc.property(fc.double({ min: -700, max: 709, noNaN: true }), (x) => relative(exp(x), Math.exp(x)) < 4.5e-16), {
      numRuns: 2000,
    });
  });

  test('log is within 2 ulp of the engine’s, relative to the larger of it and 1', () => {
    const positive = fc.double({ min: 5e-324, max: 1.7e308, noNaN: true });
    fc.assert(
      fc.property(positive, (x) => Math.abs(log(x) - Math.log(x)) <= 4.5e-16 * Math.max(1, Math.abs(Math.log(x)))),
      { numRuns: 2000 },
    );
  });

  test('pow2 is exact, subnormals included', () => {
    for (let k = -1074; k <= 1023; k++) expect(pow2(k)).toBe(2 ** k);
  });

  test('edges', () => {
    expect(exp(0)).toBe(1);
    expect(exp(-Infinity)).toBe(0);
    expect(exp(Infinity)).toBe(Infinity);
    expect(exp(NaN)).toBeNaN();
    expect(exp(-745)).toBe(5e-324);
    expect(log(1)).toBe(0);
    expect(log(0)).toBe(-Infinity);
    expect(log(-1)).toBeNaN();
    expect(log(Infinity)).toBe(Infinity);
  });

  test('sigmoid is monotone and inverts logit', () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), fc.double({ min: 0, max: 5, noNaN: true }), (x, step) => {
        expect(sigmoid(x + step)).toBeGreaterThanOrEqual(sigmoid(x));
        expect(logit(sigmoid(x))).toBeCloseTo(x, 2);
      }),
    );
  });

  test('the last bit is fixed: these are the values on every engine', () => {
    const bits = (x: number): string => Buffer.from(new Float64Array([x]).buffer).toString('hex');
    expect([exp(1), exp(-0.1), log(10), log(0.3), sigmoid(0.7)].map(bits)).toMatchInlineSnapshot(`
      [
        "6a57148b0abf0540",
        "3a2bd5996df4ec3f",
        "1655b5bbb16b0240",
        "21a7bdfc7843f3bf",
        "7694a152cb61e53f",
      ]
    `);
  });
});
