import { random } from '../base/index.ts';

/** An estimate with its 95 % confidence interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** How it was made: `normal` on the influence function, or `bootstrap` over subjects. */
  readonly by: 'normal' | 'bootstrap';
}

const Z95 = 1.959963984540054;
const RESAMPLES = 1_000;

export interface IntervalOptions {
  readonly seed?: number;
  readonly resamples?: number;
}

/**
 * The mean of influence terms with its 95 % interval: by the normal law where every decision is another subject's, and by
 * resampling whole subjects where some have several, for those are correlated.
 */
export function meanInterval(terms: Float64Array, subject: Int32Array, options: IntervalOptions = {}): Interval {
  const sums = bySubject(terms, subject);
  return sums.length === terms.length ? normalInterval(terms) : bootstrapInterval(sums, options);
}

export function normalInterval(terms: Float64Array): Interval {
  const n = terms.length;
  const value = mean(terms);
  let squares = 0;
  for (const term of terms) squares += (term - value) ** 2;
  const half = n > 1 ? Z95 * Math.sqrt(squares / (n - 1) / n) : Infinity;
  return { value, low: value - half, high: value + half, by: 'normal' };
}

/** What one subject brings to a mean. */
export interface SubjectSum {
  readonly sum: number;
  readonly count: number;
}

/** Terms added up by subject, in the order in which subjects come. */
export function bySubject(terms: Float64Array, subject: Int32Array): SubjectSum[] {
  const places = new Map<number, number>();
  const sums: { sum: number; count: number }[] = [];
  for (let row = 0; row < terms.length; row++) {
    let at = places.get(subject[row]!);
    if (at === undefined) places.set(subject[row]!, (at = sums.push({ sum: 0, count: 0 }) - 1));
    sums[at]!.sum += terms[row]!;
    sums[at]!.count += 1;
  }
  return sums;
}

/** The percentile bootstrap of subjects (Efron 1979; Field & Welsh 2007), widened as n / (n - 1) has it; seeded. */
export function bootstrapInterval(sums: readonly SubjectSum[], { seed = 1, resamples = RESAMPLES }: IntervalOptions = {}): Interval {
  const n = sums.length;
  const value = ratio(sums.reduce((all, { sum }) => all + sum, 0), sums.reduce((all, { count }) => all + count, 0));
  if (n < 2) return { value, low: -Infinity, high: Infinity, by: 'bootstrap' };
  const source = random(seed);
  const widen = Math.sqrt(n / (n - 1));
  const means = new Float64Array(resamples);
  for (let again = 0; again < resamples; again++) {
    let [sum, count] = [0, 0];
    for (let draw = 0; draw < n; draw++) {
      const one = sums[source.below(n)]!;
      sum += one.sum;
      count += one.count;
    }
    means[again] = value + widen * (ratio(sum, count) - value);
  }
  means.sort();
  return { value, low: quantile(means, 0.025), high: quantile(means, 0.975), by: 'bootstrap' };
}

/** Between neighbours, linearly; `sorted` ascends. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}

const ratio = (sum: number, count: number): number => (count > 0 ? sum / count : 0);
const mean = (terms: Float64Array): number => ratio(terms.reduce((sum, term) => sum + term, 0), terms.length);
