import { expect, it } from 'vitest';
import { random } from '../base/portable.ts';
import { fitCalibration } from './choose-calibration.ts';

const RECORDS = 30;
const SAMPLES = 20; // of each, at scores next to one another, with its one outcome

const draw = random(10);
const said = Float64Array.from({ length: RECORDS }, () => draw.normal());
const outcomes = said.map((score) => Number(draw.uniform() < 0.4 + 0.05 * score));
const groups = Int32Array.from({ length: RECORDS * SAMPLES }, (_, row) => Math.floor(row / SAMPLES));
const raw = Float64Array.from(groups, (group) => said[group]! + 0.001 * draw.uniform());
const labels = Float64Array.from(groups, (group) => outcomes[group]!);

it('rows of one group do not vouch for each other', () => {
  const alone = fitCalibration(raw, labels); // each row is foretold by its neighbours
  expect(alone.kind).toBe('isotonic');
  expect(alone.y.at(-1)).toBeGreaterThan(0.99);
  const together = fitCalibration(raw, labels, { groups });
  expect(together.kind).toBe('beta');
  expect(together.y.at(-1)).toBeLessThan(0.8);
  expect(fitCalibration(raw, labels, { groups: groups.map((group) => group + 7) })).toEqual(together);
});
