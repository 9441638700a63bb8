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

/**
 * The studentised bootstrap of subjects (Efron 1979; Hall 1988): whole subjects are drawn anew, and each time the distance from
 * the estimate is measured in that draw's own standard errors. So the interval leans as far as the terms do, which a few large
 * weights make lopsided. Seeded.
 */
export function bootstrapInterval(sums: readonly SubjectSum[], { seed = 1, resamples = RESAMPLES }: IntervalOptions = {}): Interval {
  const n = sums.length;
  const all = emptyMoments();
  for (const one of sums) addTo(all, one);
  const { value, error } = meanOfMoments(all, n);
  if (n < 2) return { value, low: -Infinity, high: Infinity, by: 'bootstrap' };
  if (error === 0) return { value, low: value, high: value, by: 'bootstrap' };
  const source = random(seed);
  const distances = new Float64Array(resamples);
  for (let again = 0; again < resamples; again++) {
    const drawn = emptyMoments();
    for (let draw = 0; draw < n; draw++) addTo(drawn, sums[source.below(n)]!);
    const found = meanOfMoments(drawn, n);
    distances[again] = found.error > 0 ? (found.value - value) / found.error : 0;
  }
  distances.sort();
  return { value, low: value - error * quantile(distances, 0.975), high: value - error * quantile(distances, 0.025), by: 'bootstrap' };
}

interface Moments {
  sum: number;
  count: number;
  sumSquares: number;
  countSquares: number;
  products: number;
}

const emptyMoments = (): Moments => ({ sum: 0, count: 0, sumSquares: 0, countSquares: 0, products: 0 });

function addTo(moments: Moments, { sum, count }: SubjectSum): void {
  moments.sum += sum;
  moments.count += count;
  moments.sumSquares += sum * sum;
  moments.countSquares += count * count;
  moments.products += sum * count;
}

/** The mean of terms and its standard error, clustered by subject (Liang & Zeger 1986); endless of fewer than two subjects. */
export function clusteredMean(terms: Float64Array, subject: Int32Array): { value: number; error: number } {
  const sums = bySubject(terms, subject);
  const all = emptyMoments();
  for (const one of sums) addTo(all, one);
  return meanOfMoments(all, sums.length);
}

function meanOfMoments({ sum, count, sumSquares, countSquares, products }: Moments, subjects: number): { value: number; error: number } {
  const value = ratio(sum, count);
  const squares = Math.max(0, sumSquares - 2 * value * products + value * value * countSquares);
  return { value, error: subjects > 1 ? Math.sqrt((subjects / (subjects - 1)) * squares) / count : Infinity };
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
