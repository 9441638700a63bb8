// Holds our raw scores and SHAP values against those of CatBoost and of shap.TreeExplainer, on models that CatBoost
// trains and exports; prints the greatest difference of each kind. Needs bench/peers/setup.sh, which it runs where
// build/peers is absent. Usage: node bench/trees/shap-equal.ts
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createScorer, readCatboost, type Dataset, type Model, type Scorer, type Value } from '../../src/trees/index.ts';

const root = join(import.meta.dirname, '..', '..');
const python = join(root, 'build', 'peers', 'bin', 'python');
const folder = join(root, 'build', 'bench', 'shap-equal');

/** What the peers said of a model's rows: SHAP values with the expected value as the last of each row. */
interface Said {
  name: string;
  rows: Value[][];
  raw: number[];
  catboost: number[][];
  /** shap.TreeExplainer on the CatBoost model, which asks CatBoost itself. */
  shap: number[][];
  /** The same by shap's own algorithm, on the same trees in its plain form; every leaf weighs one more. */
  shap_filled?: number[][];
  /** The same against a background. */
  shap_background?: number[][];
  background?: Value[][];
}

function run(command: string, args: string[]): void {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

function greatest(ours: readonly ArrayLike<number>[], theirs: readonly ArrayLike<number>[]): string {
  let most = 0;
  ours.forEach((row, r) => {
    if (row.length !== theirs[r]!.length) throw new Error(`${row.length} values beside ${theirs[r]!.length}`);
    for (let f = 0; f < row.length; f++) most = Math.max(most, Math.abs(row[f]! - theirs[r]![f]!));
  });
  return most.toExponential(1);
}

function tableOf({ features }: Model, rows: readonly Value[][]): Dataset {
  const columns = features.map(({ name }, f) => ({
    kind: 'numeric' as const,
    name,
    values: Float64Array.from(rows, (row) => (row[f] as number | null) ?? NaN),
  }));
  return { rows: rows.length, columns };
}

function read(file: string): Model {
  return readCatboost(readFileSync(join(folder, file), 'utf8')).model;
}

function compared({ name, rows, background, ...said }: Said): Record<string, string | number> {
  const scorer = createScorer(read(`${name}.json`));
  const ours = (by: Scorer): Float64Array[] => rows.map((row) => by.contributions(row));
  const filled = background && read(`${name}.filled.json`);
  return {
    model: name,
    'raw, rows of other bits': rows.filter((row, r) => scorer.raw(row) !== said.raw[r]).length,
    'CatBoost ShapValues': greatest(ours(scorer), said.catboost),
    TreeExplainer: greatest(ours(scorer), said.shap),
    'its own algorithm': filled ? greatest(ours(createScorer(filled)), said.shap_filled!) : '',
    'with a background': filled
      ? greatest(ours(createScorer(filled, { background: tableOf(filled, background) })), said.shap_background!)
      : '',
    'whose sum misses raw by': filled
      ? greatest(
          said.shap_background!.map((row) => [row.reduce((sum, one) => sum + one, 0)]),
          said.raw.map((raw) => [raw]),
        )
      : '',
  };
}

if (!existsSync(python)) run(join(root, 'bench', 'peers', 'setup.sh'), []);
mkdirSync(folder, { recursive: true });
run(python, [join(import.meta.dirname, 'shap-equal.py'), folder]);
const files = readdirSync(folder).filter((file) => file.endsWith('.said.json'));
console.table(files.map((file) => compared(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Said)));
