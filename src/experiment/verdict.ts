import type { OffPolicyEstimate } from './compare.ts';
import type { EstimatorName } from './estimators.ts';

/** What an off-policy evaluation found, as plain data: what a promotion carries with it. */
export interface Evaluation {
  readonly estimator: EstimatorName;
  readonly interval: 'normal' | 'bootstrap';
  /** Logged decisions that it rests on, and how many of the policy's own they are worth. */
  readonly decisions: number;
  readonly effective: number;
  /** Mean reward of the present policy, and what the other adds to it, with its 95 % interval. */
  readonly present: number;
  readonly gain: number;
  readonly low: number;
  readonly high: number;
  /** Decisions whose weight was clipped, the largest weight, and the probability that lay where nothing was shown. */
  readonly clipped: number;
  readonly largest: number;
  readonly unsupported: number;
  /** The same of the present policy; absent where it was not counted yet. */
  readonly presentUnsupported?: number;
}

/** With fewer effective decisions the rules act alone. */
export const LEAST_EFFECTIVE = 1_000;
/** What rounding alone makes of no difference. */
const NOTHING = 1e-12;

export function evaluationOf({ estimator, value, gain, overlap, present }: OffPolicyEstimate, decisions: number): Evaluation {
  const { effective, clipped, largest, unsupported } = overlap;
  return {
    estimator, interval: gain.by, decisions, effective, present: value.value - gain.value, gain: gain.value, low: gain.low, high: gain.high,
    clipped, largest, unsupported, presentUnsupported: present.unsupported,
  };
}

/** Why a policy may not act; null where it may: its interval lies above nought, on enough decisions, with none unsupported. */
export function objection({ effective, low, high, unsupported, presentUnsupported = 0 }: Pick<Evaluation, 'effective' | 'low' | 'high' | 'unsupported' | 'presentUnsupported'>): string | null {
  if (!(unsupported <= 1e-6)) return 'it would do what was never shown';
  if (!(presentUnsupported <= 1e-6)) return 'the present policy would do what was never shown';
  if (!(effective >= LEAST_EFFECTIVE)) return `an effective sample of ${count(effective)} is fewer than ${count(LEAST_EFFECTIVE)}`;
  if (Math.abs(low) < NOTHING && Math.abs(high) < NOTHING) return 'it does what the present policy does';
  return low > 0 ? null : 'the interval does not clear the present policy';
}

/** `would convert 3.1 % more, interval 0.4 to 5.8, n_eff 4,210: clears`; shares of what the present policy brings. */
export function verdict(evaluation: Evaluation, verb = 'convert'): string {
  const { present, gain, low, high, effective } = evaluation;
  const percent = (value: number): string => (present > 0 && Number.isFinite(value) ? ((100 * value) / present).toFixed(1).replace(/^-0\.0$/u, '0.0') : value.toPrecision(2));
  const [unit, more] = [present > 0 ? ' %' : '', gain <= -NOTHING ? 'less' : 'more'];
  const against = objection(evaluation);
  return `would ${verb} ${percent(Math.abs(gain))}${unit} ${more}, interval ${percent(low)} to ${percent(high)}, n_eff ${count(effective)}: ${against === null ? 'clears' : `does not clear: ${against}`}`;
}

const count = (value: number): string => String(Math.round(value)).replaceAll(/\B(?=(?:\d{3})+$)/gu, ',');
