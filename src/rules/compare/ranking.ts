/** Rows by points, highest first; rows of equal points stand in one group. */
export interface Ranking {
  readonly order: Int32Array;
  /** Where each group begins in `order`, and at last its length. */
  readonly starts: Int32Array;
}

export function rankingOf(points: Float64Array): Ranking {
  const order = Int32Array.from(points.keys()).toSorted((a, b) => points[b]! - points[a]! || a - b);
  const starts: number[] = [];
  for (let i = 0; i < order.length; i++) if (i === 0 || points[order[i]!] !== points[order[i - 1]!]) starts.push(i);
  return { order, starts: Int32Array.from([...starts, order.length]) };
}

/** A share of the rows from the top, and what it holds. */
export interface Top {
  readonly share: number;
  /** Of all positives. */
  readonly captured: number;
  /** The rate of positives there over the overall rate. */
  readonly lift: number;
}

export interface Quality {
  /** Area under the ROC curve, ties counted half; NaN where only one outcome is there. */
  readonly auc: number;
  readonly tops: readonly Top[];
}

/** How well a ranking puts positives first. Where a share ends among equals it takes the mean of them, so that no order of theirs counts. */
export function qualityOf({ order, starts }: Ranking, labels: Float64Array, weights: Float64Array, shares: readonly number[]): Quality {
  let positives = 0;
  let all = 0;
  for (let i = 0; i < order.length; i++) {
    all += weights[i]!;
    positives += weights[i]! * labels[i]!;
  }
  const negatives = all - positives;
  const captured = shares.map(() => 0);
  let seen = 0;
  let above = 0; // negatives so far
  let beaten = 0;
  for (let group = 0; group + 1 < starts.length; group++) {
    let weight = 0;
    let good = 0;
    for (let i = starts[group]!; i < starts[group + 1]!; i++) {
      const row = order[i]!;
      weight += weights[row]!;
      good += weights[row]! * labels[row]!;
    }
    const bad = weight - good;
    beaten += good * (negatives - above - bad + bad / 2);
    for (let s = 0; s < shares.length; s++) {
      const room = shares[s]! * all - seen;
      if (room > 0 && weight > 0) captured[s]! += good * Math.min(1, room / weight);
    }
    seen += weight;
    above += bad;
  }
  return {
    auc: beaten / (positives * negatives),
    tops: shares.map((share, s) => ({ share, captured: captured[s]! / positives, lift: captured[s]! / positives / share })),
  };
}
