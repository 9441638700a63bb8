// Times scoring and explaining: one row, one row with SHAP and its top five, a batch, a batch with SHAP, loading; then
// the peers on the same table where build/peers is set up. Usage: node bench/trees/score.ts [--no-peers]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { random, sigmoid } from '../../src/base/portable.ts';
import { decodeModel, encodeModel, fit, load, topInputs, type Dataset } from '../../src/trees/index.ts';

const COLUMNS = 60;
const TRAIN = 20_000;
const BATCH = 100_000;
const TREES = 300;

interface Table {
  data: Dataset;
  labels: Float64Array;
  rows: number[][];
}

function table(count: number, seed: string): Table {
  const draw = random(seed);
  const rows = Array.from({ length: count }, () => Array.from({ length: COLUMNS }, () => Math.fround(draw.uniform())));
  const labels = Float64Array.from(rows, (row) => {
    let score = -0.5;
    for (let c = 0; c < COLUMNS; c++)
      score += (row[c]! - 0.5) * (1.5 - c / 40) + 2 * (row[c]! - 0.5) * (row[(c * 7 + 1) % COLUMNS]! - 0.5);
    return Number(draw.uniform() < sigmoid(score));
  });
  const columns = Array.from({ length: COLUMNS }, (_, c) => ({
    kind: 'numeric' as const,
    name: `f${c}`,
    values: Float64Array.from(rows, (row) => row[c]!),
  }));
  return { data: { rows: count, columns }, labels, rows };
}

/** Microseconds a call: median and 99th percentile of groups of ten. */
function latency(call: (i: number) => unknown, calls = 200_000): { p50: number; p99: number } {
  for (let i = 0; i < 20_000; i++) call(i);
  const groups = new Float64Array(calls / 10);
  for (let g = 0; g < groups.length; g++) {
    const started = process.hrtime.bigint();
    for (let i = 0; i < 10; i++) call(10 * g + i);
    groups[g] = Number(process.hrtime.bigint() - started) / 10_000;
  }
  groups.sort();
  return { p50: groups[groups.length >> 1]!, p99: groups[Math.floor(groups.length * 0.99)]! };
}

/** Million rows a second: the median of five runs after a first. */
function throughput(run: () => unknown, rows: number): number {
  run();
  const seconds = Array.from({ length: 5 }, () => {
    const started = performance.now();
    run();
    return (performance.now() - started) / 1000;
  }).toSorted((a, b) => a - b);
  return rows / seconds[2]! / 1e6;
}

const train = table(TRAIN, 'train');
const bytes = encodeModel(
  fit(train.data, train.labels, { trees: TREES, depth: 6, learningRate: 0.1, columnSample: 1 }),
);
const { rows, data } = table(BATCH, 'batch');
const few: Dataset = {
  rows: 20_000,
  columns: data.columns.map((column) => ({
    ...column,
    values: (column as { values: Float64Array }).values.subarray(0, 20_000),
  })),
};

const started = performance.now();
const scorer = load(bytes);
scorer.contributions(rows[0]!); // builds the tables
const loading = performance.now() - started;
const shown = (value: number): number => Number(value.toPrecision(3));
const row = latency((i) => sigmoid(scorer.raw(rows[i % 5_000]!)));
const explained = latency((i) => {
  const { raw, contributions } = scorer.explain(rows[i % 5_000]!);
  return [sigmoid(raw), topInputs(contributions, 5)];
});
const again = performance.now();
load(bytes).contributions(rows[0]!);
const reloading = performance.now() - again;
const ours = {
  name: 'leadrank',
  row_us: { p50: shown(row.p50), p99: shown(row.p99) },
  row_shap_top5_us: { p50: shown(explained.p50), p99: shown(explained.p99) },
  batch_mrows_s: shown(throughput(() => scorer.rawBatch(data), BATCH)),
  batch_shap_mrows_s: shown(throughput(() => scorer.contributionsBatch(few), few.rows)),
  load_with_tables_ms: shown(loading),
  load_again_ms: shown(reloading),
  trees: decodeModel(bytes).trees.length,
};
process.stdout.write(`${JSON.stringify(ours)}\n`);

const python = join(import.meta.dirname, '..', '..', 'build', 'peers', 'bin', 'python');
if (existsSync(python) && !process.argv.includes('--no-peers')) {
  const folder = join(import.meta.dirname, '..', '..', 'build', 'bench');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'score.f32');
  const numbers = train.rows.concat(rows.slice(0, 20_000)).flat();
  writeFileSync(path, Float32Array.from(numbers.concat(Array.from(train.labels))));
  const script = join(import.meta.dirname, 'score-peers.py');
  const { status } = spawnSync(python, [script, path, String(TRAIN), String(COLUMNS), String(TREES)], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
