import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { random } from '../base/index.ts';
import { randomFolds, timeOrder, timeWindows, valueFolds, withoutGroupsOf } from './split.ts';

test('folds of numbers are alike in size and in what they hold', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 8, maxLength: 90 }), fc.integer({ min: 2, max: 5 }), (list, k) => {
      const folds = valueFolds(Float64Array.from(list), k, random(3));
      const inOrder = [...list.keys()].toSorted((a, b) => list[a]! - list[b]!).map((row) => list[row]!);
      for (let fold = 0; fold < k; fold++) {
        const own = list.filter((_, row) => folds[row] === fold).toSorted((a, b) => a - b);
        expect(own.length - Math.floor(list.length / k)).toBeOneOf([0, 1]);
        own.forEach((value, i) => expect(inOrder.slice(i * k, (i + 1) * k)).toContain(value)); // one of every k in size
      }
    }),
  );
});

describe('windows of time', () => {
  test('hold every row once, and no instant stands on both sides of a cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 80 }), (list) => {
        const times = Float64Array.from(list);
        const windows = timeWindows(timeOrder(times.length, times), [0.6, 0.75], times);
        expect(windows.flatMap((window) => [...window]).toSorted((a, b) => a - b)).toEqual([...times.keys()]);
        const seen = windows.map((window) => new Set([...window].map((row) => times[row]!)));
        for (let w = 1; w < seen.length; w++) {
          for (const earlier of seen.slice(0, w)) expect([...earlier].filter((time) => seen[w]!.has(time))).toEqual([]);
        }
      }),
    );
  });
  test('without times the order of the rows stands', () => {
    expect(timeWindows(timeOrder(10), [0.5]).map((window) => Array.from(window))).toEqual([
      [0, 1, 2, 3, 4],
      [5, 6, 7, 8, 9],
    ]);
  });
});

describe('random folds', () => {
  test('are equal in rows and in positives', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 8, maxLength: 100 }), fc.integer(), (hits, seed) => {
        const labels = Float64Array.from(hits, Number);
        const folds = randomFolds(labels, 4, random(seed));
        const sizes = [0, 1, 2, 3].map((fold) => folds.filter((own) => own === fold).length);
        const positives = [0, 1, 2, 3].map((fold) => folds.filter((own, row) => own === fold && hits[row]).length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect(Math.max(...positives) - Math.min(...positives)).toBeLessThanOrEqual(1);
      }),
    );
  });
  test('keep groups together', () => {
    const groups = Int32Array.from({ length: 90 }, (_, row) => row % 30);
    const folds = randomFolds(new Float64Array(90), 4, random(1), groups);
    for (let row = 30; row < 90; row++) expect(folds[row]).toBe(folds[row % 30]);
  });
  test('rows of a group that comes later are dropped', () => {
    const groups = Int32Array.of(1, 2, 3, 1);
    expect([...withoutGroupsOf(Int32Array.of(0, 1, 2), Int32Array.of(3), groups)]).toEqual([1, 2]);
  });
});
