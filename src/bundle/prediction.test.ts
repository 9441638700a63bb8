import { expect, it } from 'vitest';
import { exp } from '../base/index.ts';
import { decodeBundle, encodeBundle } from './codec.ts';
import { exampleBundle } from './example.fixture.ts';
import { predictionOf } from './prediction.ts';

const content = exampleBundle();
const withTarget = (more: object) => ({ ...content, calibration: null, target: { ...content.target, ...more } });

it('is raw, or its exponential where the bundle says that raw is a logarithm', () => {
  const read = (more: object) => decodeBundle(encodeBundle(withTarget(more)).files).target;
  expect(predictionOf(read({ kind: 'number' }), 3)).toBe(3); // imported
  expect(predictionOf(read({ kind: 'number', loss: 'rmse' }), 3)).toBe(3);
  expect(predictionOf(read({ kind: 'number', loss: 'tweedie' }), 3)).toBe(exp(3));
  expect(read({ loss: 'log-loss' }).loss).toBe('log-loss');
});

it('a loss that does not suit what is predicted is refused', () => {
  for (const target of [{ loss: 'rmse' }, { kind: 'number', loss: 'log-loss' }, { kind: 'number', loss: 'other' }]) {
    const { files } = encodeBundle(withTarget(target) as typeof content);
    expect(() => decodeBundle(files)).toThrow('target.json');
  }
});
