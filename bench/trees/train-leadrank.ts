// Trains on a table of generate.ts and prints seconds, CPU seconds, memory and AUC as JSON.
// Usage: node bench/trees/train-leadrank.ts FILE ROWS OPTIONS (JSON of FitOptions)
import { closeSync, openSync, readSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { createScorer, encodeModel, fit, type Dataset } from '../../src/trees/index.ts';
import { COLUMNS, heldOut } from './generate.ts';

const [path, rowText, optionText = '{}'] = process.argv.slice(2);
const rows = Number(rowText);
const judged = heldOut(rows);
const file = openSync(path!, 'r');

function read(c: number, from: number, count: number): Float32Array {
  const values = new Float32Array(count);
  readSync(file, values, 0, values.byteLength, 4 * (c * (rows + judged) + from));
  return values;
}
/** Columns come from the file when they are asked for: the table is never in memory whole. */
const table = (from: number, count: number): Dataset => ({
  rows: count,
  columns: Array.from({ length: COLUMNS }, (_, c) => ({
    kind: 'numeric',
    name: `f${c}`,
    get values() {
      return read(c, from, count);
    },
  })),
});

const data = table(0, rows);
const labels = Float64Array.from(read(COLUMNS, 0, rows));
const [started, cpu] = [performance.now(), process.cpuUsage()];
const model = fit(data, labels, JSON.parse(optionText));
const used = process.cpuUsage(cpu);
const seconds = (performance.now() - started) / 1000;
const maxGb = process.resourceUsage().maxRSS / 2 ** 20;
const raw = createScorer(model).rawBatch(table(rows, judged));
process.stdout.write(
  `${JSON.stringify({
    name: 'leadrank',
    seconds,
    cpuSeconds: (used.user + used.system) / 1e6,
    maxGb,
    auc: auc(raw, Float64Array.from(read(COLUMNS, rows, judged))),
    hash: createHash('sha256').update(encodeModel(model)).digest('hex').slice(0, 16),
  })}\n`,
);
closeSync(file);

/** The share of (positive, negative) pairs in the right order, ties by half. */
function auc(scores: Float64Array, outcome: Float64Array): number {
  const order = Uint32Array.from(scores.keys()).toSorted((a, b) => scores[a]! - scores[b]!);
  let [rankSum, positives] = [0, 0];
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++;
    for (let i = start; i < end; i++) {
      if (outcome[order[i]!] === 0) continue;
      rankSum += (start + 1 + end) / 2;
      positives++;
    }
    start = end;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (order.length - positives));
}
