import { expect, test } from 'vitest';
import { random, sigmoid } from '../base/index.ts';
import { calibrationBasis } from './calibration-basis.ts';
import type { Unseen, UnseenInTime } from './unseen.ts';

const ROWS = 1000;

/** Two windows whose scores order outcomes alike, the later one's rate moved by `shift` log-odds and its scores by the opposite. */
function windows(shift: number, rows = ROWS): { inTime: UnseenInTime; byChance: Unseen; labels: Float64Array } {
  const source = random(`basis ${shift} ${rows}`);
  const labels = new Float64Array(2 * rows);
  const window = (from: number, moved: number): Unseen => {
    const raw = Float64Array.from({ length: rows }, () => source.normal());
    raw.forEach((score, i) => (labels[from + i] = Number(source.uniform() < sigmoid(score + moved))));
    return { rows: Int32Array.from(raw, (_, i) => from + i), raw: raw.map((score) => score - moved) };
  };
  const inTime = { before: new Int32Array(0), middle: window(0, 0), late: window(rows, shift) };
  const chance = Float64Array.from(labels, (label) => label + source.normal());
  return { inTime, byChance: { rows: Int32Array.from(labels.keys()), raw: chance }, labels };
}

test('both later windows, where one curve fits them', () => {
  const { inTime, byChance, labels } = windows(0.3);
  expect(calibrationBasis(inTime, byChance, labels).rows).toHaveLength(2 * ROWS);
});

test('the latest alone, where the level has moved so far that both together say nothing', () => {
  const { inTime, byChance, labels } = windows(2);
  expect(calibrationBasis(inTime, byChance, labels)).toBe(inTime.late);
});

test('random folds where later scores hardly order what they order at random', () => {
  const { inTime, byChance, labels } = windows(0);
  const lot = random('lot');
  const blind = { ...inTime, middle: { ...inTime.middle, raw: inTime.middle.raw.map(() => lot.normal()) }, late: { ...inTime.late, raw: inTime.late.raw.map(() => lot.normal()) } };
  expect(calibrationBasis(blind, byChance, labels)).toBe(byChance);
});

test('random folds without times, and where the windows hold too few of an outcome', () => {
  const { inTime, byChance, labels } = windows(0, 20);
  expect(calibrationBasis(inTime, byChance, labels)).toBe(byChance);
  expect(calibrationBasis(null, byChance, labels)).toBe(byChance);
});
