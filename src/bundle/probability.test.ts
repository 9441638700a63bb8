import { expect, it } from 'vitest';
import { sigmoid } from '../base/index.ts';
import { decodeBundle, encodeBundle } from './codec.ts';
import { exampleBundle } from './example.fixture.ts';
import { probabilityOf } from './probability.ts';

it('is calibrated, the sigmoid of raw where nothing is calibrated, and none for a number; a bundle keeps which', () => {
  const content = exampleBundle();
  const [low, high] = [content.calibration!.y[0]!, content.calibration!.y.at(-1)!];
  expect([probabilityOf(content, -99), probabilityOf(content, 99)]).toEqual([low, high]);
  const imported = decodeBundle(encodeBundle({ ...content, calibration: null }).files);
  expect(probabilityOf(imported, 0.3)).toBe(sigmoid(0.3));
  const target = { ...content.target, kind: 'number' as const };
  const ofNumber = decodeBundle(encodeBundle({ ...content, target, calibration: null }).files);
  expect(probabilityOf(ofNumber, 0.3)).toBeNull();
});
