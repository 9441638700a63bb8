import { random } from '../base/index.ts';
import type { Column, Dataset } from '../trees/index.ts';
import { auc } from './auc.ts';
import { binColumn, type Binned } from './bins.ts';
import { take } from './rows.ts';
import { randomFolds } from './split.ts';

/** How much one column alone says about the label, judged on rows that it was not measured on. */
export interface Strength {
  column: string;
  kind: Column['kind'];
  /** AUC of the column's binned label rates. */
  auc: number;
  /** AUC of knowing only whether the cell is filled. */
  missingness: number;
  /**
   * Share of an outcome's rows in bins that hold almost nothing else (97 %, by the other half) though it is no
   * majority.
   */
  settled: number;
}

const MOST_ROWS = 60_000;
const PRIOR = 2; // rows at the base rate that a bin starts with
const SETTLED = 0.97;
const MAJORITY = 0.7; // an outcome above this share is expected everywhere

/** Measures each column alone: label rates a bin on one random half, judged on the other, both ways. */
export function columnStrengths(data: Dataset, labels: Float64Array, seed: number): Strength[] {
  const stride = Math.ceil(data.rows / MOST_ROWS);
  const halves = randomFolds(labels, 2 * stride, random(seed).fork('halves')); // fold 0 against fold 1
  const rows = [0, 1].map((half) => Int32Array.from(halves.keys()).filter((row) => halves[row] === half));
  const outcomes = rows.map((half) => take(labels, half));
  const base = outcomes[0]!.reduce((sum, label) => sum + label, 0) / outcomes[0]!.length;
  return data.columns.map((column) => {
    const binned = binColumn(column);
    const filled: Binned = { bins: binned.bins.map((bin) => (bin === binned.missing ? 1 : 0)), count: 2, missing: 1 };
    let strength = 0;
    let missingness = 0;
    let settled = 0;
    for (const [from, to] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const rates = ratesOf(binned, rows[from]!, labels);
      const said = Float64Array.from(rows[to]!, (row) => rates[binned.bins[row]!]!);
      const gaps = ratesOf(filled, rows[from]!, labels);
      strength += auc(said, outcomes[to]!).value / 2;
      missingness +=
        auc(
          Float64Array.from(rows[to]!, (row) => gaps[filled.bins[row]!]!),
          outcomes[to]!,
        ).value / 2;
      settled = Math.max(settled, settledShare(said, outcomes[to]!, base));
    }
    return { column: column.name, kind: column.kind, auc: strength, missingness, settled };
  });
}

function ratesOf({ bins, count }: Binned, rows: Int32Array, labels: Float64Array): Float64Array {
  const positives = new Float64Array(count);
  const totals = new Float64Array(count);
  let all = 0;
  for (const row of rows) {
    positives[bins[row]!]! += labels[row]!;
    totals[bins[row]!]! += 1;
    all += labels[row]!;
  }
  const base = all / rows.length;
  return positives.map((hits, bin) => (hits + PRIOR * base) / (totals[bin]! + PRIOR));
}

function settledShare(said: Float64Array, outcomes: Float64Array, base: number): number {
  const shares = [1, 0].map((outcome) => {
    if ((outcome === 1 ? base : 1 - base) > MAJORITY) return 0;
    const own = said.filter((_, i) => outcomes[i] === outcome);
    const inSettled = own.filter((rate) => (outcome === 1 ? rate : 1 - rate) > SETTLED);
    return inSettled.length / own.length;
  });
  return Math.max(...shares);
}
