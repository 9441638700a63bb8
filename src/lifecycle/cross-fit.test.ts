import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crossFit, foldsOf, othersOf } from './cross-fit.ts';

const subjects = fc.array(fc.nat(20), { minLength: 1, maxLength: 80 }).map((of) => Int32Array.from(of));

test('folds part the rows, and a subject lies in one', () => {
  fc.assert(
    fc.property(subjects, fc.integer({ min: 1, max: 5 }), fc.nat(99), (subject, count, seed) => {
      const folds = foldsOf(subject, count, seed);
      expect(folds.flatMap((fold) => [...fold]).toSorted((a, b) => a - b)).toEqual([...subject.keys()]);
      for (const fold of folds) {
        const inside = new Set(fold.map((row) => subject[row]!));
        expect(othersOf(fold, subject.length).some((row) => inside.has(subject[row]!))).toBe(false);
      }
    }),
  );
});

test('a row is told what the others of its fold’s rows say, and never what its own subject does', () => {
  fc.assert(
    fc.property(subjects, fc.nat(99), (subject, seed) => {
      const folds = foldsOf(subject, 3, seed);
      const table = crossFit(folds, { rows: subject.length, width: 2 }, (fold, others) => {
        const seen = new Set(others.map((row) => subject[row]!));
        return Float64Array.from({ length: fold.length * 2 }, (_, at) => (at % 2 === 0 ? 1 + fold[at >> 1]! : Number(seen.has(subject[fold[at >> 1]!]!))));
      });
      const isAll = folds.some((fold) => fold.length === subject.length);
      for (const row of subject.keys()) expect([...table.subarray(row * 2, row * 2 + 2)]).toEqual(isAll ? [0, 0] : [row + 1, 0]);
    }),
  );
});
