import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { log, logit, random, sigmoid } from '../base/index.ts';
import { calibrate } from '../trees/index.ts';
import { recentLevel, shiftedBy, type Settled, type Unsettled } from './recent-level.ts';

const HORIZON = 90;

/** Records whose outcomes come sooner the likelier they are; of the young, odds are others by `drift`. */
function lives(count: number, { drift, seed }: { drift: number; seed: number }): { settled: Settled[]; young: Unsettled[] } {
  const draw = random(seed);
  const one = (shift: number): { probability: number; after: number | null } => {
    const probability = sigmoid(-1 + 1.2 * draw.normal());
    const after = -log(draw.uniform()) * (probability > 0.4 ? 15 : 30);
    return { probability, after: draw.uniform() < sigmoid(logit(probability) + shift) ? Math.min(after, HORIZON) : null };
  };
  const settled = Array.from({ length: count }, () => one(0));
  const young = Array.from({ length: count }, () => {
    const { probability, after } = one(drift);
    const elapsed = HORIZON * draw.uniform();
    return { probability, elapsed, isOut: after !== null && after <= elapsed };
  });
  return { settled, young };
}

describe('the level of what is young', () => {
  test.each([-0.7, 0, 0.5])('is found where the odds have moved by %f', (drift) => {
    const { settled, young } = lives(20_000, { drift, seed: 3 });
    const { shift, error, believed } = recentLevel(settled, young)!;
    expect(Math.abs(shift - drift)).toBeLessThan(4 * error);
    expect(error).toBeLessThan(0.05);
    expect(Math.abs(believed)).toBeLessThanOrEqual(Math.abs(shift));
  });

  test('has an error that holds the truth as often as it says', () => {
    const found = Array.from({ length: 200 }, (_, seed) => recentLevel(...(({ settled, young }) => [settled, young] as const)(lives(600, { drift: 0.3, seed })))!);
    const within = found.filter(({ shift, error }) => Math.abs(shift - 0.3) < 1.96 * error).length;
    expect(within).toBeGreaterThan(170);
    expect(within).toBeLessThan(200);
  });

  test('is no change where what is said of settled records is as far off', () => {
    const { settled, young } = lives(20_000, { drift: 0, seed: 8 });
    const off = <Life extends { probability: number }>(life: Life): Life => Object.assign(life, { probability: sigmoid(logit(life.probability) - 0.6) });
    const { shift, error } = recentLevel(settled.map(off), young.map(off))!;
    expect(Math.abs(shift)).toBeLessThan(4 * error);
  });

  test('is not spoken of where too little is known', () => {
    const { settled, young } = lives(2_000, { drift: 0, seed: 5 });
    expect(recentLevel(settled.slice(0, 20), young)).toBeNull();
    expect(recentLevel(settled, young.slice(0, 10))).toBeNull();
    expect(recentLevel([], [])).toBeNull();
    expect(recentLevel(settled, young.map(({ probability, elapsed }) => ({ probability, elapsed, isOut: false })))!.believed).toBeLessThan(-1);
    expect(recentLevel(settled, young.map(({ probability, elapsed }) => ({ probability, elapsed, isOut: true })))!.believed).toBeGreaterThan(1);
  });
});

test('a shifted calibration stays one, and says what it is shifted by', () => {
  const curves = fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { minLength: 2, maxLength: 12 }).map((knots) => {
    const y = knots.toSorted((a, b) => a - b).map((knot) => knot / 1_000);
    return { kind: 'beta' as const, x: y.map((_, at) => at), y };
  });
  fc.assert(fc.property(curves, fc.double({ min: -40, max: 40, noNaN: true }), (curve, shift) => {
    const { x, y } = shiftedBy(curve, shift);
    y.forEach((p, at) => expect(p > 0 && p < 1 && p >= (y[at - 1] ?? 0)).toBe(true));
    if (Math.abs(shift) < 5) x.forEach((raw, at) => expect(logit(calibrate({ kind: 'beta', x, y }, raw))).toBeCloseTo(logit(curve.y[at]!) + shift, 6));
    expect(shiftedBy(curve, 0)).toEqual(curve);
  }));
});
