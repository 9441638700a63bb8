/**
 * First and second derivatives of a weighted loss by the raw score, one of each a row. Each array is rounded to
 * multiples of 2^-30 of a power of two that bounds it: float64 sums are then exact up to 2^23 rows, so a histogram does
 * not depend on the order of addition and may be had by subtraction.
 */
export interface Gradients {
  gradient: Float64Array;
  hessian: Float64Array;
}

const SMALLEST = 2 ** -900;

/** Rounds each of the two arrays to the grid of its greatest magnitude. */
export function roundGradients({ gradient, hessian }: Gradients): void {
  for (const values of [gradient, hessian]) {
    const scale = 2 ** 30 / powerOfTwoAbove(values);
    for (let row = 0; row < values.length; row++) values[row] = Math.round(values[row]! * scale) / scale;
  }
}

/**
 * The least power of two that is no less than the magnitude of any value; 1 where all are 0, and never so small that its
 * grid would be subnormal: what lies below that is 0.
 */
export function powerOfTwoAbove(values: Float64Array): number {
  let greatest = 0;
  for (const value of values) greatest = Math.max(greatest, Math.abs(value));
  if (greatest === 0) return 1;
  let power = 1;
  while (power < greatest) power *= 2;
  while (power / 2 >= greatest && power > SMALLEST) power /= 2;
  return power;
}
