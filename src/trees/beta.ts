import { exp, log, sigmoid } from '../base/portable.ts';
import type { Calibration } from './calibrate.ts';
import { checkScores } from './checks.ts';

/** Coefficients of `low` and `high`, and the intercept: logit p = a · low + b · high + c. */
type Coefficients = [a: number, b: number, c: number];

/** One row a weight, its target between 0 and 1, and its two features, both rising with the raw score. */
interface Rows {
  low: Float64Array;
  high: Float64Array;
  targets: Float64Array;
  weights: Float64Array;
}

const IDENTITY: Coefficients = [1, 1, 0]; // low + high is the raw score itself
const PRIOR_ROWS = 1; // how many rows the identity weighs
const STEPS = 60;
const KNOTS = 128; // of each kind
const EDGE = 2 ** -53;
/** More rows than this are grouped by like scores first, so many to learn from: the curve has three coefficients. */
const MOST_GROUPS = 10_000;

/**
 * Beta calibration (Kull, Silva Filho & Flach 2017): logit p = a · ln s - b · ln(1 - s) + c for the sigmoid s of the raw
 * score, a and b at least 0, by maximum likelihood with a slight pull to the identity and with Platt's targets, which
 * keep probabilities off 0 and 1. Laid out in knots over the scores seen, flat beyond them. Throws a Fault without rows
 * or where a score is not finite. `weights` default to 1.
 */
export function fitBeta(raw: Float64Array, labels: Float64Array, weights?: Float64Array): Calibration {
  checkScores(raw, weights);
  const kept = Float64Array.from(raw.keys()).filter((row) => weights === undefined || weights[row]! > 0);
  const scores = kept.map((row) => raw[row]!);
  const { targets, weights: scaled } = supervision(
    kept.map((row) => labels[row]!),
    kept.map((row) => weights?.[row] ?? 1),
  );
  const grouped = grouping({ scores, targets, weights: scaled });
  const coefficients = mostLikely({ ...grouped, low: grouped.scores.map(lowOf), high: grouped.scores.map(highOf) });
  const x = knotsOver(scores.toSorted());
  let floor = EDGE;
  const y = x.map((at) => (floor = Math.min(1 - EDGE, Math.max(floor, probabilityOf(coefficients, lowOf(at), highOf(at))))));
  return { kind: 'beta', x, y };
}

interface Graded {
  scores: Float64Array;
  targets: Float64Array;
  weights: Float64Array;
}

/** Of many rows, the weighted means of neighbours in the order of scores. */
function grouping(rows: Graded): Graded {
  const { scores, targets, weights } = rows;
  if (scores.length <= MOST_GROUPS) return rows;
  const sums = { scores: new Float64Array(MOST_GROUPS), targets: new Float64Array(MOST_GROUPS), weights: new Float64Array(MOST_GROUPS) };
  const order = Uint32Array.from(scores.keys()).toSorted((a, b) => scores[a]! - scores[b]! || a - b);
  order.forEach((row, rank) => {
    const group = Math.floor((rank * MOST_GROUPS) / order.length);
    const weight = weights[row]!;
    sums.scores[group]! += weight * scores[row]!;
    sums.targets[group]! += weight * targets[row]!;
    sums.weights[group]! += weight;
  });
  const mean = (total: Float64Array): Float64Array => total.map((sum, group) => sum / sums.weights[group]!);
  return { scores: mean(sums.scores), targets: mean(sums.targets), weights: sums.weights };
}

/** ln s, where s is the sigmoid of the raw score. */
function lowOf(raw: number): number {
  return -highOf(-raw);
}

/** -ln(1 - s). */
function highOf(raw: number): number {
  return raw > 0 ? raw + log(1 + exp(-raw)) : log(1 + exp(raw));
}

/** Weights that sum to the number of rows, and Platt's targets: as if each outcome had been seen once more. */
function supervision(labels: Float64Array, weights: Float64Array): Pick<Rows, 'targets' | 'weights'> {
  const scale = weights.length / weights.reduce((sum, weight) => sum + weight, 0);
  const scaled = weights.map((weight) => weight * scale);
  const positives = labels.reduce((sum, label, row) => sum + label * scaled[row]!, 0);
  const [high, low] = [(positives + 1) / (positives + 2), 1 / (labels.length - positives + 2)];
  return { targets: labels.map((label) => (label === 1 ? high : low)), weights: scaled };
}

/** Of the solutions with a and b free or held at 0, the likeliest that keeps both from falling below 0. */
function mostLikely(rows: Rows): Coefficients {
  const free = newton(rows, [true, true]);
  if (free[0] >= 0 && free[1] >= 0) return free;
  const bound = [newton(rows, [false, true]), newton(rows, [true, false])].filter(([a, b]) => a >= 0 && b >= 0);
  const allowed = [...bound, newton(rows, [false, false])];
  return allowed.reduce((best, one) => (loss(rows, one) < loss(rows, best) ? one : best));
}

/** Newton's method with halved steps; a coefficient that is not free stays 0. */
function newton(rows: Rows, isFree: [boolean, boolean]): Coefficients {
  const free = [...isFree, true];
  let at = IDENTITY.map((value, i) => (free[i] ? value : 0)) as Coefficients;
  let current = loss(rows, at);
  for (let step = 0; step < STEPS; step++) {
    const move = direction(rows, at, free);
    let share = 1;
    let next = at;
    let value = Infinity;
    for (; share > 1e-6; share /= 2) {
      next = at.map((coefficient, i) => coefficient - share * move[i]!) as Coefficients;
      value = loss(rows, next);
      if (value < current) break;
    }
    if (!(value < current)) return at;
    const gained = current - value;
    [at, current] = [next, value];
    if (gained < 1e-9) return at;
  }
  return at;
}

function probabilityOf([a, b, c]: Coefficients, low: number, high: number): number {
  return sigmoid(a * low + b * high + c);
}

function loss({ low, high, targets, weights }: Rows, coefficients: Coefficients): number {
  const [a, b, c] = coefficients;
  let sum = 0;
  for (let row = 0; row < low.length; row++) {
    const score = a * low[row]! + b * high[row]! + c;
    sum += weights[row]! * (highOf(score) - targets[row]! * score);
  }
  return coefficients.reduce((total, value, i) => total + (PRIOR_ROWS / 2) * (value - IDENTITY[i]!) ** 2, sum);
}

/** Inverse Hessian times gradient. */
function direction({ low, high, targets, weights }: Rows, at: Coefficients, free: readonly boolean[]): number[] {
  const g = at.map((value, i) => (free[i] ? PRIOR_ROWS * (value - IDENTITY[i]!) : 0));
  const h = at.map((_, i) => at.map((__, j) => (i === j ? PRIOR_ROWS : 0)));
  for (let row = 0; row < low.length; row++) {
    const p = probabilityOf(at, low[row]!, high[row]!);
    const inputs = [free[0] ? low[row]! : 0, free[1] ? high[row]! : 0, 1];
    for (let i = 0; i < 3; i++) {
      g[i]! += weights[row]! * (p - targets[row]!) * inputs[i]!;
      for (let j = 0; j < 3; j++) h[i]![j]! += weights[row]! * p * (1 - p) * inputs[i]! * inputs[j]!;
    }
  }
  return solve(h, g);
}

/** x of h · x = g, for a positive definite h, by elimination. */
function solve(h: number[][], g: number[]): number[] {
  const rows = h.map((row, i) => [...row, g[i]!]);
  for (let i = 0; i < rows.length; i++) {
    for (let k = i + 1; k < rows.length; k++) {
      const factor = rows[k]![i]! / rows[i]![i]!;
      for (let j = i; j <= rows.length; j++) rows[k]![j]! -= factor * rows[i]![j]!;
    }
  }
  const x = g.map(() => 0);
  for (let i = rows.length - 1; i >= 0; i--) {
    const rest = x.reduce((sum, value, j) => (j > i ? sum + rows[i]![j]! * value : sum), 0);
    x[i] = (rows[i]![rows.length]! - rest) / rows[i]![i]!;
  }
  return x;
}

/** Quantiles of the scores and evenly spaced points between the lowest and the highest, ascending. */
function knotsOver(sorted: Float64Array): number[] {
  const [low, high] = [sorted[0]!, sorted.at(-1)!];
  const knots = new Set<number>();
  for (let i = 0; i <= KNOTS; i++) {
    knots.add(sorted[Math.round((i / KNOTS) * (sorted.length - 1))]!);
    knots.add(Math.min(high, Math.max(low, low + (i / KNOTS) * (high - low))));
  }
  return [...knots].toSorted((a, b) => a - b);
}
