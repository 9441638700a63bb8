import { expect, test } from 'vitest';
import { exp, random, sigmoid } from '../base/index.ts';
import { calibrate, createScorer, type Dataset } from '../trees/index.ts';
import { calibrationBasis, seenByAllTimes } from './calibration-basis.ts';
import { take } from './rows.ts';
import { trainModel } from './train.ts';
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

test('the windows with the scores of models of all times', () => {
  const { inTime, byChance } = windows(0);
  const { before, middle, late } = seenByAllTimes(inTime, byChance);
  expect(before).toBe(inTime.before);
  for (const [found, { rows }] of [[middle, inTime.middle], [late, inTime.late]] as const) expect(found).toEqual({ rows, raw: take(byChance.raw, rows) });
});

const AGES = [0, 3, 7, 14, 21, 30, 45, 60, 75, 90, 105, 120, 150, 180];

/** Samples of records at several ages, as long as they are open: whether something comes of them within 30 days. What comes to nothing stays open longest. */
function course(seed: string, records: number) {
  const draw = random(seed);
  const rows: { x: number; time: number; label: number; group: number }[] = [];
  for (let group = 0; group < records; group++) {
    const [x, came] = [draw.normal(), 150 * draw.uniform()];
    const wins = draw.exponential(250 * exp(-0.9 * x));
    const open = Math.min(wins, draw.exponential(90));
    for (const age of AGES) if (age < open) rows.push({ x, time: came + age, label: Number(wins === open && wins <= age + 30), group });
  }
  return rows.toSorted((a, b) => a.time - b.time);
}

test('probabilities have the level of what comes true, where records stay open until something comes of them', () => {
  const [known, later] = [course('known', 3_000), course('later', 6_000)];
  const dataOf = (rows: typeof known): Dataset => ({ rows: rows.length, columns: [{ kind: 'numeric', name: 'x', values: Float64Array.from(rows, ({ x }) => x) }] });
  const of = (name: 'label' | 'time'): Float64Array => Float64Array.from(known, (row) => row[name]);
  const { model, calibration } = trainModel({ data: dataOf(known), labels: of('label'), times: of('time'), groups: Int32Array.from(known, ({ group }) => group) });
  const said = createScorer(model).rawBatch(dataOf(later)).reduce((sum, raw) => sum + calibrate(calibration, raw), 0);
  const seen = later.reduce((sum, { label }) => sum + label, 0);
  expect(said / seen).toBeGreaterThan(0.9);
  expect(said / seen).toBeLessThan(1.1);
});
