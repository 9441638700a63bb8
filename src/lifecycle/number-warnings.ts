import { random } from '../base/index.ts';
import type { Column } from '../trees/index.ts';
import { binColumn } from './bins.ts';
import { columnOfInput } from './dates.ts';
import { evaluateNumbers } from './number-evaluate.ts';
import type { NumberMetrics } from './number-metrics.ts';
import { take } from './rows.ts';
import { shiftWarnings } from './shift-warnings.ts';
import { valueFolds } from './split.ts';
import type { NumberInput } from './train-input.ts';
import { sortWarnings, type Warning } from './warning.ts';

const GIVES_AWAY = 0.9; // R² of one column alone on the ranks of the labels: a long tail would hide a copy
const OPTIMISM = 0.1; // R²
const PRIOR = 2; // rows at the mean that a bin starts with

/** What the table and the figures of a training on numbers warn of. */
export function numberWarnings(input: NumberInput, metrics: NumberMetrics, order: Int32Array): Warning[] {
  return sortWarnings([...leaks(input), ...signal(metrics), ...shiftWarnings(input, order, metrics.order)]);
}

function leaks(input: NumberInput): Warning[] {
  const { data, labels, seed = 0 } = input;
  const ranks = midRanks(labels);
  const half = valueFolds(labels, 2, random(seed).fork('halves'));
  const worst = new Map<string, number>();
  for (const column of data.columns) {
    const name = columnOfInput(column.name);
    worst.set(name, Math.max(worst.get(name) ?? 0, strengthOf(column, ranks, half)));
  }
  return [...worst].flatMap(([column, value]): Warning[] => {
    if (value < GIVES_AWAY) return [];
    const message = `alone it tells the order of held-out rows (R² of their ranks ${value.toFixed(3)})`;
    const advice = 'it was probably recorded after the outcome: leave it out, or the model will fail on new rows';
    return [{ code: 'leak', column, value, message, advice }];
  });
}

/** R² of the label means of one column's bins, learned from one half and judged by the other. */
function strengthOf(column: Column, labels: Float64Array, half: Int32Array): number {
  const [from, to] = [0, 1].map((side) => Int32Array.from(half.keys()).filter((row) => half[row] === side));
  const { bins, count } = binColumn(column);
  const mean = from!.reduce((sum, row) => sum + labels[row]!, 0) / from!.length;
  const [sums, rows] = [new Float64Array(count).fill(PRIOR * mean), new Float64Array(count).fill(PRIOR)];
  for (const row of from!) {
    sums[bins[row]!]! += labels[row]!;
    rows[bins[row]!]! += 1;
  }
  const said = Float64Array.from(to!, (row) => sums[bins[row]!]! / rows[bins[row]!]!);
  return evaluateNumbers(said, take(labels, to!), { mean, loss: 'rmse' }).explained.value;
}

/** The place of each value in ascending order; equal values share the middle of their places. */
function midRanks(values: Float64Array): Float64Array {
  const order = Int32Array.from(values.keys()).toSorted((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let at = start; at < end; at++) ranks[order[at]!] = (start + end - 1) / 2;
    start = end;
  }
  return ranks;
}

function signal({ random: byChance, timeOrdered, order }: NumberMetrics): Warning[] {
  const said = timeOrdered && timeOrdered.explained.low <= 0 ? timeOrdered : byChance;
  const warnings: Warning[] = [];
  if (said.explained.low <= 0) {
    const { value, low, high } = said.explained;
    const where = said === byChance ? 'at random' : `in ${order} order`;
    const message = `no better than the mean on rows held out ${where}: R² ${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
    const advice = 'do not use what it says; look for columns that say more';
    warnings.push({ code: 'no-signal', column: null, value, message, advice });
  }
  if (timeOrdered && byChance.explained.value - timeOrdered.explained.value > OPTIMISM) {
    warnings.push({
      code: 'optimistic-split',
      column: null,
      value: byChance.explained.value - timeOrdered.explained.value,
      message: `R² is ${byChance.explained.value.toFixed(3)} at random and ${timeOrdered.explained.value.toFixed(3)} in ${order} order`,
      advice: 'a random split flatters here: expect the time-ordered figure on new rows',
    });
  }
  return warnings;
}
