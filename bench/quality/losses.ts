// RMSE, Tweedie and LambdaMART beside LightGBM's, both at their defaults, on the same rows, judged by one code.
// Usage: node bench/quality/losses.ts SHARED_DATA BUILD [LAST_SEED]   (runs build/peers/bin/python for LightGBM)
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exp } from '../../src/base/index.ts';
import { createScorer, fit } from '../../src/trees/index.ts';
import { foldOf, readTables, type LossTable } from './loss-tables.ts';
import { readNumbers, slug, takeRows } from './tables.ts';

const [shared = '../shared/data', build = 'build/quality', last = '4'] = process.argv.slice(2);
const python = 'build/peers/bin/python';

execFileSync(python, ['bench/quality/loss_peers.py', 'tables', build]);
process.stdout.write('| table | loss | measure | leadrank | LightGBM | leadrank less LightGBM | the mean |\n|---|---|---|---|---|---|---|\n');
for (const table of await readTables(shared, build)) {
  const folder = exportTable(table);
  const seeds = Array.from({ length: Number(last) + 1 }, (_, seed) => seed);
  execFileSync(python, ['bench/quality/loss_peers.py', folder, table.loss, last], { stdio: ['ignore', 'ignore', 'inherit'] });
  const pairs = seeds.map((seed) => {
    const { train, test } = foldOf(table, seed);
    const mean = meanOf(Float64Array.from(train, (row) => table.labels[row]!));
    const said = [ours(table, seed), readNumbers(join(folder, `${seed}.lightgbm`)), new Float64Array(test.length).fill(mean)];
    return said.map((values) => judge(table, test, values));
  });
  const [mine, theirs, flat] = [0, 1, 2].map((side) => pairs.map((pair) => pair[side]!));
  const less = pairs.map(([one, other]) => one! - other!);
  const measure = { rmse: 'RMSE', tweedie: 'deviance', ranking: 'NDCG' }[table.loss];
  process.stdout.write(`| ${table.name} | ${table.loss} | ${measure} | ${summary(mine!)} | ${summary(theirs!)} | ${summary(less)} | ${table.loss === 'ranking' ? '–' : summary(flat!)} |\n`);
}

function exportTable(table: LossTable): string {
  const folder = join(build, 'losses', slug(table.name));
  mkdirSync(folder, { recursive: true });
  const { columns, rows } = table.data;
  columns.forEach((column, c) => {
    writeFileSync(join(folder, `${c}.column`), column.kind === 'numeric' ? column.values : column.codes);
  });
  const described = columns.map((column) => ({
    kind: column.kind,
    levels: column.kind === 'categorical' ? column.levels : undefined,
  }));
  writeFileSync(join(folder, 'table.json'), JSON.stringify({ rows, columns: described }));
  writeFileSync(join(folder, 'labels'), table.labels);
  writeFileSync(join(folder, 'groups'), table.groups);
  for (let seed = 0; seed <= Number(last); seed++) {
    const { train, test } = foldOf(table, seed);
    writeFileSync(join(folder, `${seed}.train`), train);
    writeFileSync(join(folder, `${seed}.test`), test);
  }
  return folder;
}

/** What `fit` without further options says of the test rows: numbers, or scores that order lists. */
function ours(table: LossTable, seed: number): Float64Array {
  const { loss, data, labels, groups } = table;
  const { train, test } = foldOf(table, seed);
  const lists = loss === 'ranking' ? { groups: train.map((row) => groups[row]!) } : {};
  const model = fit(takeRows(data, train), Float64Array.from(train, (row) => labels[row]!), { loss, seed, ...lists });
  const raw = createScorer(model).rawBatch(takeRows(data, test));
  return loss === 'tweedie' ? raw.map(exp) : raw;
}

function judge({ loss, labels, groups }: LossTable, test: Int32Array, said: Float64Array): number {
  const seen = Float64Array.from(test, (row) => labels[row]!);
  if (loss === 'rmse') return Math.sqrt(meanOf(said.map((value, i) => (value - seen[i]!) ** 2)));
  if (loss === 'tweedie') {
    const positive = said.map((value) => Math.max(value, 1e-9));
    return meanOf(positive.map((value, i) => (4 * (Math.sqrt(seen[i]!) - Math.sqrt(value)) ** 2) / Math.sqrt(value)));
  }
  const lists = Map.groupBy(test.keys(), (at) => groups[test[at]!]!);
  const worth = (order: number[]): number => order.reduce((sum, at, rank) => sum + (2 ** seen[at]! - 1) / Math.log2(2 + rank), 0);
  const found = [...lists.values()].map((members) => {
    const best = worth(members.toSorted((a, b) => seen[b]! - seen[a]!));
    return best === 0 ? NaN : worth(members.toSorted((a, b) => said[b]! - said[a]! || a - b)) / best;
  });
  return meanOf(Float64Array.from(found.filter((value) => value === value))); // lists without a positive say nothing
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function summary(values: readonly number[]): string {
  const mean = meanOf(Float64Array.from(values));
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return `${mean.toPrecision(4)} ± ${Math.sqrt(variance / values.length).toPrecision(2)}`;
}
