import { describe, expect, it } from 'vitest';
import { random } from '../base/portable.ts';
import { createLeveller } from './level.ts';
import { createLoss } from './losses.ts';

const rows = 400;
const source = random('level');
const raw = Float64Array.from({ length: rows }, () => source.normal());
const weights = Float64Array.from({ length: rows }, () => source.uniform() + 0.1);
const groups = Int32Array.from({ length: rows }, (_, row) => row % 40);

const LABELS = {
  'log-loss': raw.map((score) => Number(score + source.normal() > 1.5)),
  rmse: raw.map((score) => score - 7 + source.normal()),
  tweedie: raw.map((score) => Math.max(0, score + source.normal())),
};

describe('the level of raw scores', () => {
  it.each(['log-loss', 'rmse', 'tweedie'] as const)('is the constant that suits them best: %s', (name) => {
    const loss = createLoss(name, { labels: LABELS[name], weights });
    const level = createLeveller(loss, rows);
    const best = loss.value(level(raw));
    const shift = level(raw)[0]! - raw[0]!;
    expect(Math.abs(shift)).toBeGreaterThan(0.05);
    for (const other of [-0.1, -0.01, 0.01, 0.1]) {
      expect(loss.value(raw.map((score) => score + shift + other))).toBeGreaterThan(best);
    }
  });

  it('is the same whatever was added to all scores before', () => {
    const loss = createLoss('log-loss', { labels: LABELS['log-loss'], weights });
    const value = (added: number): number => loss.value(createLeveller(loss, rows)(raw.map((score) => score + added)));
    for (const added of [-9, -1, 4]) expect(value(added)).toBeCloseTo(value(0), 9);
  });

  it('means nothing to an order', () => {
    const grades = raw.map((_, row) => row % 3);
    const loss = createLoss('ranking', { labels: grades, weights, groups });
    const level = createLeveller(loss, rows);
    expect(level(raw)[3]! - level(raw)[5]!).toBeCloseTo(raw[3]! - raw[5]!, 12);
    expect(loss.value(level(raw))).toBe(loss.value(raw));
  });
});
