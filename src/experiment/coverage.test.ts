import { describe, expect, test } from 'vitest';
import { binomialTest } from './binomial.ts';
import { covers, simulatedWorld } from './simulated.fixture.ts';

const WORLDS = 100;
const ESTIMATORS = ['ips', 'snips', 'dr'] as const;

describe('over many simulated worlds', () => {
  const worlds = Array.from({ length: WORLDS }, (_, seed) => simulatedWorld(seed + 1, { subjects: 400, population: 8_000 }));

  test.each(ESTIMATORS)('intervals of %s hold the truth as often as they promise', (estimator) => {
    const held = worlds.map((world) => covers(world, estimator));
    for (const what of ['value', 'gain'] as const) {
      const share = held.filter((one) => one[what]).length;
      expect(binomialTest(share, WORLDS, 0.95), `${what}: ${share} of ${WORLDS}`).toBeGreaterThan(0.01);
    }
  });
});
