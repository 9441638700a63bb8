// Times scoring and explaining: one row, one row with SHAP and its top five, a batch, a batch with SHAP, loading; then
// the peers on the same table where build/peers is set up. Usage: node bench/trees/score.ts [--no-peers]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { random, sigmoid } from '../../src/base/portable.ts';
import { decodeModel, encodeModel, fit, load, topInputs, type Dataset } from '../../src/trees/index.ts';
import { latency, medians, throughput, type Spent } from './timing.ts';

const COLUMNS = 60;
const TRAIN = 20_000;
const BATCH = 100_000;
const EXPLAINED = 20_000;
const SINGLE = 5_000;
const TREES = 300;
const MANY_TREES = 1_000;
const FRESH = 5; // processes, for loading

interface Table {
  /** Row after row. */
  matrix: Float32Array;
  data: Dataset;
  labels: Float64Array;
}

function table(count: number, seed: string): Table {
  const draw = random(seed);
  const matrix = Float32Array.from({ length: count * COLUMNS }, () => draw.uniform());
  const labels = Float64Array.from({ length: count }, (_, r) => {
    const row = matrix.subarray(r * COLUMNS, (r + 1) * COLUMNS);
    let score = -0.5;
    for (let c = 0; c < COLUMNS; c++)
      score += (row[c]! - 0.5) * (1.5 - c / 40) + 2 * (row[c]! - 0.5) * (row[(c * 7 + 1) % COLUMNS]! - 0.5);
    return Number(draw.uniform() < sigmoid(score));
  });
  return { matrix, data: columnsOf(matrix), labels };
}

function columnsOf(matrix: Float32Array): Dataset {
  const rows = matrix.length / COLUMNS;
  const columns = Array.from({ length: COLUMNS }, (_, c) => ({
    kind: 'numeric' as const,
    name: `f${c}`,
    values: Float64Array.from({ length: rows }, (_zero, r) => matrix[r * COLUMNS + c]!),
  }));
  return { rows, columns };
}

const folder = join(import.meta.dirname, '..', '..', 'build', 'bench');
mkdirSync(folder, { recursive: true });
const train = table(TRAIN, 'train');
const { matrix, data } = table(BATCH, 'batch');
const few = matrix.subarray(0, EXPLAINED * COLUMNS);
const fewRows = columnsOf(few);
const single = Array.from({ length: SINGLE }, (_, r) => Array.from(matrix.subarray(r * COLUMNS, (r + 1) * COLUMNS)));

function bytesOf(view: Float32Array): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** The file of a model of so many trees. */
function trained(trees: number): { path: string; bytes: Uint8Array } {
  const bytes = encodeModel(fit(train.data, train.labels, { trees, depth: 6, learningRate: 0.1, columnSample: 1 }));
  const path = join(folder, `score-${trees}.bin`);
  writeFileSync(path, bytes);
  return { path, bytes };
}

/** Milliseconds to load with SHAP tables, the medians of fresh processes. */
function loading(path: string): Spent {
  const run = (): string => spawnSync(process.execPath, [join(import.meta.dirname, 'load.ts'), path]).stdout.toString();
  return medians(Array.from({ length: FRESH }, () => JSON.parse(run()) as Spent));
}

const model = trained(TREES);
const larger = trained(MANY_TREES);
const scorer = load(model.bytes);
const ours = {
  name: 'leadrank',
  trees: decodeModel(model.bytes).trees.length,
  row_us: latency((i) => sigmoid(scorer.raw(single[i % SINGLE]!))),
  row_shap_top5_us: latency((i) => {
    const { raw, contributions } = scorer.explain(single[i % SINGLE]!);
    return [sigmoid(raw), topInputs(contributions, 5)];
  }),
  batch_mrows_s: throughput(() => scorer.rawBatch(data), BATCH),
  batch_shap_mrows_s: throughput(() => scorer.contributionsBatch(fewRows), EXPLAINED),
  load_with_tables_ms: loading(model.path),
  load_1000_trees_with_tables_ms: loading(larger.path),
  trees_of_the_larger: decodeModel(larger.bytes).trees.length,
};
process.stdout.write(`${JSON.stringify(ours)}\n`);

const python = join(import.meta.dirname, '..', '..', 'build', 'peers', 'bin', 'python');
if (existsSync(python) && !process.argv.includes('--no-peers')) {
  const path = join(folder, 'score.f32');
  writeFileSync(path, Buffer.concat([train.matrix, few, Float32Array.from(train.labels)].map(bytesOf)));
  const script = join(import.meta.dirname, 'score-peers.py');
  const { status } = spawnSync(python, [script, path, String(TRAIN), String(COLUMNS), String(TREES)], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
