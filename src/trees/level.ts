import type { Gradients } from './gradient.ts';
import type { Loss } from './loss.ts';

const MOST_STEPS = 20;
/** A step that moves every score by less than this is the last. */
const CLOSE = 1e-6;

/**
 * Adds one constant to raw scores, the one that lowers the loss most, by Newton's method from the constant before: what
 * is left of the loss is the fault of the order and the spread alone. Rows of a later time whose positive rate has moved
 * are judged so. Returns a function that fills one array and gives it back at each call.
 */
export function createLeveller(loss: Loss, rows: number): (raw: Float64Array) => Float64Array {
  const shifted = new Float64Array(rows);
  const derivatives: Gradients = { gradient: new Float64Array(rows), hessian: new Float64Array(rows) };
  let shift = 0;
  return (raw) => {
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      for (let row = 0; row < rows; row++) shifted[row] = raw[row]! + shift;
      loss.update(derivatives, shifted);
      const step = newtonStep(derivatives);
      if (Math.abs(step) < CLOSE) break;
      shift -= step;
    }
    for (let row = 0; row < rows; row++) shifted[row] = raw[row]! + shift;
    return shifted;
  };
}

/** At most 1 either way, lest it leap where the loss is flat. */
function newtonStep({ gradient, hessian }: Gradients): number {
  const slope = sum(gradient);
  const bend = sum(hessian);
  return bend > 0 ? Math.max(-1, Math.min(1, slope / bend)) : 0;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
