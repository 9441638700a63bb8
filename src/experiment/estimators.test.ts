import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { random } from '../base/index.ts';
import { comparePolicies } from './compare.ts';
import { checkDecisions, type LoggedDecisions } from './decisions.ts';
import { effectiveSize } from './weights.ts';

interface Made {
  readonly decisions: LoggedDecisions;
  readonly policy: Float64Array;
  /** True mean rewards, decisions × actions. */
  readonly means: Float64Array;
}

/** A log whose truth is known; `noise` 0 makes rewards their own means. */
function make({ seed, count, width = 3, noise = 1 }: { seed: number; count: number; width?: number; noise?: number }): Made {
  const draw = random(seed);
  const row = (): number[] => {
    const raw = Array.from({ length: width }, () => 0.1 + draw.uniform());
    const sum = raw.reduce((all, one) => all + one, 0);
    return raw.map((one) => one / sum);
  };
  const table = (): Float64Array => Float64Array.from(Array.from({ length: count }, row).flat());
  const propensity = table();
  const policy = table();
  const means = Float64Array.from({ length: count * width }, () => draw.normal());
  const action = Int32Array.from({ length: count }, (_, at) => {
    let left = draw.uniform();
    for (let arm = 0; arm < width; arm++) if ((left -= propensity[at * width + arm]!) < 0) return arm;
    return width - 1;
  });
  const reward = Float64Array.from(action, (arm, at) => means[at * width + arm]! + noise * draw.normal());
  const subject = Int32Array.from({ length: count }, (_, at) => at);
  return { decisions: { count, arms: Array.from({ length: width }, (_, arm) => `a${arm}`), action, propensity, reward, subject }, policy, means };
}

const valueOf = ({ decisions: { count }, policy, means }: Made): number => policy.reduce((sum, share, at) => sum + share * means[at]!, 0) / count;
const made = fc.integer({ min: 1, max: 1e6 }).map((seed) => make({ seed, count: 300 }));

describe('estimators', () => {
  test('of the policy that was logged are the mean reward, without gain', () => {
    fc.assert(
      fc.property(made, fc.constantFrom('ips' as const, 'snips' as const, 'dr' as const), ({ decisions }, name) => {
        const { value, gain, overlap } = comparePolicies(name, { decisions, policy: decisions.propensity });
        expect(value.value).toBeCloseTo(decisions.reward.reduce((sum, reward) => sum + reward, 0) / decisions.count, 12);
        expect(gain.value).toBeCloseTo(0, 12);
        expect(overlap).toMatchObject({ effective: expect.closeTo(decisions.count, 6), clipped: 0, unsupported: 0 });
      }),
    );
  });

  test('doubly robust is exact where the model is, whatever was drawn, and right where the model is wrong', () => {
    fc.assert(
      fc.property(made, (it) => {
        const { decisions, policy, means } = it;
        const exact = { ...decisions, reward: Float64Array.from(decisions.action, (arm, row) => means[row * 3 + arm]!) };
        expect(comparePolicies('dr', { decisions: exact, policy, expected: means }).value.value).toBeCloseTo(valueOf(it), 10);
        const wrong = means.map((mean) => 0.5 * mean + 3);
        const { value } = comparePolicies('dr', { decisions, policy, expected: wrong });
        const error = (value.high - value.low) / 2 / 1.96;
        expect(Math.abs(value.value - valueOf(it))).toBeLessThan(5 * error);
      }),
    );
  });

  test('SNIPS does not change when a constant is added to rewards, and IPS does', () => {
    const { decisions, policy } = make({ seed: 4, count: 400 });
    const raised = { ...decisions, reward: decisions.reward.map((reward) => reward + 10) };
    const shift = (name: 'ips' | 'snips'): number => comparePolicies(name, { decisions: raised, policy }).value.value - comparePolicies(name, { decisions, policy }).value.value;
    expect(shift('snips')).toBeCloseTo(10, 10);
    expect(Math.abs(shift('ips') - 10)).toBeGreaterThan(1e-3);
  });

  test('what could not be shown is told as unsupported, and large weights as clipped', () => {
    const decisions: LoggedDecisions = { count: 2, arms: ['a', 'b'], action: Int32Array.of(0, 1), propensity: Float64Array.of(1, 0, 0.5, 0.5), reward: Float64Array.of(1, 1), subject: Int32Array.of(0, 1) };
    const policy = Float64Array.of(0.25, 0.75, 0, 1);
    expect(comparePolicies('ips', { decisions, policy, clip: 1.5 })).toMatchObject({ overlap: { unsupported: 0.375, clipped: 1, largest: 2 }, present: { unsupported: 0 } });
    expect(comparePolicies('ips', { decisions, policy: decisions.propensity, present: policy })).toMatchObject({ overlap: { unsupported: 0 }, present: { unsupported: 0.375 } });
  });

  test.each<[string, Partial<LoggedDecisions>, RegExp]>([
    ['nothing', { count: 0 }, /no decisions/],
    ['an action without a chance', { propensity: Float64Array.of(0, 1) }, /must lie in \(0, 1\]/],
    ['propensities that lack an action', { propensity: Float64Array.of(0.5, 0.3) }, /must be 1; log every action/],
    ['an open outcome', { reward: Float64Array.of(NaN) }, /leave out decisions whose outcome is open/],
    ['columns of two lengths', { reward: Float64Array.of(1, 2) }, /different lengths/],
  ])('refuses a log with %s', (_name, over, message) => {
    const log: LoggedDecisions = { count: 1, arms: ['a', 'b'], action: Int32Array.of(0), propensity: Float64Array.of(0.5, 0.5), reward: Float64Array.of(1), subject: Int32Array.of(0) };
    expect(() => checkDecisions({ ...log, ...over })).toThrow(message);
  });
});

test('the effective size is the number of equal weights, and less of unequal ones', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.01, max: 50, noNaN: true }), { minLength: 1, maxLength: 50 }), (weights) => {
      const size = effectiveSize(Float64Array.from(weights));
      expect(size).toBeLessThanOrEqual(weights.length * (1 + 1e-9));
      expect(size).toBeGreaterThanOrEqual(1 - 1e-9);
      expect(effectiveSize(Float64Array.from(weights, (weight) => 3 * weight))).toBeCloseTo(size, 6);
    }),
  );
  expect(effectiveSize(new Float64Array(7).fill(2))).toBeCloseTo(7, 12);
});
