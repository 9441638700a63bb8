import type { Chances } from '../chances.ts';

/** Samples of the past: their points, 1 where the outcome came, and for how many each stands. */
export interface PointsHistory {
  readonly points: Float64Array;
  readonly labels: Float64Array;
  readonly weights: Float64Array;
}

/** Bands of about as many samples each, of which those that do not rise are one. */
const BANDS = 10;

interface Band {
  weight: number;
  good: number;
  /** Sum of points, by weight. */
  points: number;
}

/** What history says of points: the share of outcomes in bands of points, joined until it does not fall (pool adjacent violators). */
export function chancesOfHistory({ points, labels, weights }: PointsHistory): Chances {
  const order = Int32Array.from(points.keys()).toSorted((a, b) => points[a]! - points[b]!);
  const bands: Band[] = [];
  let from = 0;
  for (let band = 1; band <= BANDS && from < order.length; band++) {
    let to = Math.max(from + 1, Math.round((band * order.length) / BANDS));
    while (to < order.length && points[order[to]!] === points[order[to - 1]!]) to++; // equal points are one band
    let next: Band = { weight: 0, good: 0, points: 0 };
    for (const row of order.subarray(from, to)) next = joined(next, { weight: weights[row]!, good: weights[row]! * labels[row]!, points: weights[row]! * points[row]! });
    from = to;
    while (bands.length > 0 && shareOf(bands.at(-1)!) >= shareOf(next)) next = joined(bands.pop()!, next);
    bands.push(next);
  }
  return bands.map((band) => [rounded(band.points / band.weight, 1), rounded(shareOf(band), 4)] as const).filter(([at], i, all) => i === 0 || at > all[i - 1]![0]);
}

const joined = (a: Band, b: Band): Band => ({ weight: a.weight + b.weight, good: a.good + b.good, points: a.points + b.points });

/** With half a sample more of either outcome, so that it is never none and never all. */
const shareOf = ({ weight, good }: Band): number => Math.min(0.9999, Math.max(0.0001, (good + 0.5) / (weight + 1)));

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
