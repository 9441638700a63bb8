/**
 * A monotone, piecewise linear map from raw scores to probabilities: knots in ascending x, flat beyond the ends. `kind`
 * says what it was learned by; a smooth curve is laid out in knots as well, so that serving needs no more than this.
 */
export interface Calibration {
  kind: 'isotonic' | 'beta';
  x: number[];
  /** Never descending, within (0, 1). */
  y: number[];
}

/** The calibrated probability of a raw score, in (0, 1). Never descends as `raw` rises. */
export function calibrate({ x, y }: Calibration, raw: number): number {
  const last = x.length - 1;
  if (raw <= x[0]!) return y[0]!;
  if (raw >= x[last]!) return y[last]!;
  let low = 0; // x[low] < raw ≤ x[high]
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (x[middle]! < raw) low = middle;
    else high = middle;
  }
  const share = (raw - x[low]!) / (x[high]! - x[low]!);
  return Math.min(y[high]!, y[low]! + share * (y[high]! - y[low]!)); // rounding may not lift it over the next knot
}
