// Tables whose labels are numbers or grades, for the losses beside LightGBM's.
import { join } from 'node:path';
import { random } from '../../src/base/index.ts';
import { prepareTable, readRawTable, type TableRequest } from '../../src/lifecycle/index.ts';
import type { Dataset } from '../../src/trees/index.ts';

export interface LossTable {
  name: string;
  loss: 'rmse' | 'tweedie' | 'ranking';
  data: Dataset;
  labels: Float64Array;
  /** Rows of one group are ranked against one another. */
  groups: Int32Array;
}

type Source = TableRequest & { name: string; path: string };

const LEAKS = ['Tags', 'Lead Quality', 'Lead Profile', 'Last Activity', 'Last Notable Activity', 'Prospect ID'];
const LISTS = 40; // rows of one list: what one person might look at in a day

const NUMBERS: readonly Source[] = [
  { name: 'diabetes', path: 'build/diabetes.csv', label: 'label', loss: 'rmse' },
  {
    name: 'time on the site (leads)',
    path: 'leads/Leads.csv',
    label: 'Total Time Spent on Website',
    loss: 'rmse',
    ignore: [...LEAKS, 'Lead Number', 'Converted'],
  },
  {
    name: 'value of closed deals (pipeline)',
    path: 'pipeline/sales_pipeline.csv',
    label: 'close_value',
    loss: 'tweedie',
    id: 'opportunity_id',
    ignore: ['close_date', 'deal_stage'],
  },
  { name: 'spend (hillstrom)', path: 'hillstrom/hillstrom.csv', label: 'spend', loss: 'tweedie', ignore: ['visit', 'conversion'] },
];

/** Outcomes as grades; lists are runs of rows in the order of time. */
const LISTED: readonly Source[] = [
  { name: 'leads in lists of 40', path: 'leads/Leads.csv', label: 'Converted', time: 'Lead Number', ignore: LEAKS },
  { name: 'bank in lists of 40', path: 'bank/bank-additional-full.csv', label: 'y', ignore: ['duration'] },
];

export async function readTables(shared: string, build: string): Promise<LossTable[]> {
  const prepared = async (source: Source) => {
    const path = source.path.startsWith('build/') ? join(build, source.path.slice(6)) : join(shared, source.path);
    return prepareTable(await readRawTable(path), source).input;
  };
  const tables: LossTable[] = [];
  for (const source of NUMBERS) {
    const { data, labels } = await prepared(source);
    tables.push({ name: source.name, loss: source.loss!, data, labels, groups: new Int32Array(data.rows) });
  }
  for (const source of LISTED) {
    const { data, labels, times } = await prepared(source);
    const order = Int32Array.from(labels.keys()).toSorted((a, b) => (times ? times[a]! - times[b]! : 0) || a - b);
    const groups = new Int32Array(data.rows);
    order.forEach((row, at) => (groups[row] = Math.floor(at / LISTS)));
    tables.push({ name: source.name, loss: 'ranking', data, labels, groups });
  }
  return tables;
}

/** A quarter of the rows, or of the lists, at random is judged; rows of one list stand together. */
export function foldOf({ data, groups, loss }: LossTable, seed: number): { train: Int32Array; test: Int32Array } {
  const source = random(`loss fold ${seed}`);
  const count = loss === 'ranking' ? Math.max(...groups) + 1 : data.rows;
  const isTest = Array.from({ length: count }, () => source.uniform() < 0.25);
  const rows = Int32Array.from(groups.keys()).toSorted((a, b) => groups[a]! - groups[b]! || a - b);
  const side = (row: number): boolean => isTest[loss === 'ranking' ? groups[row]! : row]!;
  return { train: rows.filter((row) => !side(row)), test: rows.filter(side) };
}
