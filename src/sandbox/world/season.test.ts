import { expect, it } from 'vitest';
import { DAY } from '../../base/index.ts';
import { defaultWorld } from './load.ts';
import { seasonOn } from './season.ts';

it.each([
  ['2026-08-12', -0.2],
  ['2026-12-24', 0.1],
  ['2026-01-03', -0.2],
  ['2026-03-25', 0.3],
  ['2026-05-25', 0],
])('%s adds %f to the odds', (date, effect) => {
  expect(seasonOn(defaultWorld(), Date.parse(date) / DAY)).toBeCloseTo(effect, 10);
});
