import { expect, it } from 'vitest';
import { isFarBehind } from './behind.ts';

it('a state is built anew where it lacks a fifth of the history, and enough of it to be worth it', () => {
  const table: [offset: number, history: number, far: boolean][] = [
    [0, 0, false],
    [0, 99_999, false],
    [0, 100_000, true],
    [900_000, 1_000_000, false],
    [800_000, 1_000_000, true],
    [800_001, 1_000_000, false],
    [1_200_000, 1_000_000, false],
  ];
  expect(table.map(([offset, history]) => isFarBehind({ offset, history }))).toEqual(table.map(([, , far]) => far));
});
