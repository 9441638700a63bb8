import { log, random } from '../base/portable.ts';
import { fitBeta } from './beta.ts';
import { calibrate, type Calibration } from './calibrate.ts';
import { checkScores } from './checks.ts';
import { fitIsotonic } from './isotonic.ts';

const FOLDS = 5;
/** So many rows, drawn evenly, tell which kind is better. */
const MOST_JUDGED = 100_000;

/** Rows that a calibration is learned from. */
interface Scored {
  raw: Float64Array;
  labels: Float64Array;
  weights: Float64Array;
}

/**
 * Fits an isotonic and a beta calibration, each to four fifths of the rows (of many, a part) at a time, and keeps the kind
 * with the lower log-loss on the fifths left out, fitted to all rows. Beta, the smoother, wins ties. The seed deals the rows; rows
 * of one group go together, for what is known of a group is known of all its rows. Throws a Fault without rows or where a score is
 * not finite. `weights` default to 1.
 */
export function fitCalibration(
  raw: Float64Array,
  labels: Float64Array,
  { weights, groups, seed = 0 }: { weights?: Float64Array | undefined; groups?: Int32Array | undefined; seed?: number } = {},
): Calibration {
  checkScores(raw, weights);
  const all = { raw, labels, weights: weights ?? new Float64Array(raw.length).fill(1) };
  const step = Math.ceil(raw.length / MOST_JUDGED);
  const scored = step === 1 ? all : pick(all, (row) => row % step === 0);
  const source = random(`calibration ${seed}`);
  const dealt = new Map<number, number>();
  const foldOf = (group: number): number => {
    if (!dealt.has(group)) dealt.set(group, source.below(FOLDS));
    return dealt.get(group)!;
  };
  const folds = Float64Array.from(scored.raw, (_, row) => (groups === undefined ? source.below(FOLDS) : foldOf(groups[row * step]!)));
  const [beta, isotonic] = [fitBeta, fitIsotonic].map((fitKind) => heldOutLoss(fitKind, scored, folds));
  return (isotonic! < beta! ? fitIsotonic : fitBeta)(raw, labels, all.weights);
}

/** Σ weight · log-loss over the folds that can be left out; the same folds for every kind. */
function heldOutLoss(fitKind: typeof fitBeta, scored: Scored, folds: Float64Array): number {
  let loss = 0;
  for (let fold = 0; fold < FOLDS; fold++) {
    const rest = pick(scored, (row) => folds[row] !== fold);
    if (!rest.weights.some((weight) => weight > 0)) continue;
    const calibration = fitKind(rest.raw, rest.labels, rest.weights);
    const out = pick(scored, (row) => folds[row] === fold);
    out.raw.forEach((score, i) => {
      const p = calibrate(calibration, score);
      loss -= out.weights[i]! * log(out.labels[i] === 1 ? p : 1 - p);
    });
  }
  return loss;
}

function pick({ raw, labels, weights }: Scored, holds: (row: number) => boolean): Scored {
  const isKept = (_: number, row: number): boolean => holds(row);
  return { raw: raw.filter(isKept), labels: labels.filter(isKept), weights: weights.filter(isKept) };
}
