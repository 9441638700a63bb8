import { describe, expect, test } from 'vitest';
import { random } from './random.ts';

describe('seeded random', () => {
  test('the same seed gives the same sequence, another seed another', () => {
    const draw = (seed: number | string): number[] => Array.from({ length: 8 }, random(seed).uniform);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw('seven')).toEqual(draw('seven'));
  });

  test('a fork does not depend on what was drawn before', () => {
    const fresh = random(1).fork('a').uniform();
    const used = random(1);
    used.uniform();
    expect(used.fork('a').uniform()).toBe(fresh);
    expect(used.fork('b').uniform()).not.toBe(fresh);
  });

  test('uniform fills its bins evenly (chi-square, 99 degrees of freedom)', () => {
    const bins = Array.from({ length: 100 }, () => 0);
    const stream = random(3);
    for (let i = 0; i < 100_000; i++) bins[Math.floor(stream.uniform() * 100)]!++;
    const chiSquare = bins.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeGreaterThan(60);
    expect(chiSquare).toBeLessThan(150);
  });

  test('forks of neighbouring keys are not correlated', () => {
    let product = 0;
    for (let key = 0; key < 20_000; key++) {
      product += (random(1).fork(key).uniform() - 0.5) * (random(1).fork(key + 1).uniform() - 0.5);
    }
    expect(Math.abs(product / 20_000)).toBeLessThan(0.003);
  });

  test('normal and exponential have the moments that they promise', () => {
    const stream = random(5);
    const draws = Array.from({ length: 50_000 }, () => ({ n: stream.normal(), e: stream.exponential(3) }));
    const mean = (pick: (d: { n: number; e: number }) => number): number => draws.reduce((sum, d) => sum + pick(d), 0) / draws.length;
    expect(mean((d) => d.n)).toBeCloseTo(0, 1);
    expect(mean((d) => d.n ** 2)).toBeCloseTo(1, 1);
    expect(mean((d) => d.e)).toBeCloseTo(3, 1);
  });
});
