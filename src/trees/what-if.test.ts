import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sigmoid } from '../base/portable.ts';
import { models } from './arbitraries.fixture.ts';
import { createScorer } from './predict.ts';
import { whatIf } from './what-if.ts';

const number = fc.oneof(fc.double(), fc.constant(null));
const text = fc.oneof(fc.string(), fc.constant(null));

it('is the score of the changed row, and says by how much and through which inputs', () => {
  fc.assert(
    fc.property(models(), fc.tuple(number, text, text), number, text, (model, row, n, c) => {
      const scorer = createScorer(model);
      const { raw, delta, probability, probabilityDelta, contributions } = whatIf(scorer, row, { n, c });
      const before = scorer.raw(row);
      expect(raw).toBe(scorer.raw([n, c, row[2]]));
      expect(delta).toBe(raw - before);
      expect(probability).toBe(sigmoid(raw));
      expect(probabilityDelta).toBe(sigmoid(raw) - sigmoid(before));
      const sum = Object.values(contributions).reduce((total, one) => total + one, 0);
      expect(Math.abs(sum - delta)).toBeLessThan(1e-9);
    }),
  );
});

it('is calibrated where a calibration is given, changes nothing without changes, and names an unknown input', () => {
  const scorer = createScorer({
    bias: 0,
    features: [{ kind: 'numeric', name: 'visits', borders: [2], missing: 'low' }],
    trees: [{ splits: [{ feature: 0, bin: 0 }], leaves: [-1, 1], covers: [1, 1] }],
  });
  const calibration = { kind: 'isotonic' as const, x: [-1, 1], y: [0.2, 0.6] };
  expect(whatIf(scorer, [1], { visits: 5 }, { calibration })).toEqual({
    raw: 1,
    delta: 2,
    probability: 0.6,
    probabilityDelta: 0.6 - 0.2,
    contributions: { visits: 2 },
  });
  expect(whatIf(scorer, [1], {})).toMatchObject({ delta: 0, probabilityDelta: 0, contributions: {} });
  expect(() => whatIf(scorer, [1], { visit: 5 })).toThrow(
    'input "visit": the model has no input of this name; name one of "visits"',
  );
});
