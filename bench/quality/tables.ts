// The tables of the comparison, as the product itself would read them, and the same folds for every learner.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { random } from '../../src/base/index.ts';
import { prepareTable, readRawTable, type TableRequest } from '../../src/lifecycle/index.ts';
import type { Dataset } from '../../src/trees/index.ts';

export interface Table {
  name: string;
  data: Dataset;
  labels: Float64Array;
}

export interface Fold {
  train: Int32Array;
  test: Int32Array;
}

interface Source extends TableRequest {
  name: string;
  /** Below the folder of public data, or below the folder that peers.py exported to. */
  path: string;
  /** Only rows after these are judged, and only these are learned from. */
  inTime?: true;
}

const LEAKS = ['Tags', 'Lead Quality', 'Lead Profile', 'Last Activity', 'Last Notable Activity', 'Lead Number'];

export const SOURCES: readonly Source[] = [
  { name: 'leads', path: 'leads/Leads.csv', label: 'Converted', id: 'Prospect ID', ignore: LEAKS },
  { name: 'bank', path: 'bank/bank-additional-full.csv', label: 'y', ignore: ['duration'] },
  { name: 'bank in time', path: 'bank/bank-additional-full.csv', label: 'y', ignore: ['duration'], inTime: true },
  {
    name: 'pipeline (no signal)',
    path: 'pipeline/sales_pipeline.csv',
    label: 'deal_stage',
    positive: 'Won',
    negative: 'Lost',
    id: 'opportunity_id',
    ignore: ['close_date', 'close_value'],
  },
  { name: 'hillstrom visit', path: 'hillstrom/hillstrom.csv', label: 'visit', ignore: ['conversion', 'spend'] },
  { name: 'codrna', path: 'build/codrna.csv', label: 'label' },
  { name: 'breast cancer', path: 'build/breast_cancer.csv', label: 'label' },
  { name: 'digits, odd', path: 'build/digits.csv', label: 'label' },
];

/** Reads and prepares one table exactly as `fit` does: inferred kinds, missing markers, constants left out. */
export async function readTable(source: Source, shared: string, build: string): Promise<Table> {
  const path = source.path.startsWith('build/') ? join(build, source.path.slice(6)) : join(shared, source.path);
  const { input } = prepareTable(await readRawTable(path), source);
  return { name: source.name, data: input.data, labels: input.labels };
}

/**
 * One quarter of the rows, equal shares of both outcomes, is judged; the others are learned from. In time: the last
 * quarter is judged, and a seed leaves out a random tenth of the rows before it, so that ten seeds are ten trainings.
 */
export function foldOf({ data, labels }: Table, seed: number, inTime: boolean): Fold {
  const source = random(`fold ${seed}`);
  const draws = Float64Array.from({ length: data.rows }, () => source.uniform());
  const rows = Int32Array.from({ length: data.rows }, (_, row) => row);
  if (inTime) {
    const cut = Math.round(data.rows * 0.75);
    return { train: rows.filter((row) => row < cut && draws[row]! >= 0.1), test: rows.subarray(cut) };
  }
  const isTest = new Uint8Array(data.rows);
  for (const label of [0, 1]) {
    const alike = rows.filter((row) => labels[row] === label).toSorted((a, b) => draws[a]! - draws[b]!);
    for (const row of alike.subarray(0, Math.round(alike.length / 4))) isTest[row] = 1;
  }
  return { train: rows.filter((row) => isTest[row] === 0), test: rows.filter((row) => isTest[row] === 1) };
}

export interface Job {
  table: string;
  seed: number;
  learner: string;
}

/** The file that holds a learner's probabilities of the test rows, in their order, as float64. */
export function outputOf(build: string, { table, seed, learner }: Job): string {
  return join(build, 'out', `${slug(table)}.${seed}.${slug(learner)}.f64`);
}

export function slug(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, ' ').trim().replaceAll(' ', '-');
}

export function readNumbers(path: string): Float64Array {
  const bytes = readFileSync(path);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** The given rows, in the given order. */
export function takeRows(data: Dataset, rows: Int32Array): Dataset {
  const columns = data.columns.map((column) =>
    column.kind === 'numeric'
      ? { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) }
      : { ...column, codes: rows.map((row) => column.codes[row]!) },
  );
  return { rows: rows.length, columns };
}
