import { Fault, quote } from '../base/index.ts';
import type { RawTable } from './raw-table.ts';
import type { NumberLoss } from './train-input.ts';

/** What a person says about a table. */
export interface TableRequest {
  label: string;
  id?: string;
  time?: string;
  /** Columns that the model must not see. */
  ignore?: readonly string[];
  /** Columns to use although they look like an id. */
  keep?: readonly string[];
  /** Columns whose levels have an order, lowest first. */
  ordinal?: Readonly<Record<string, readonly string[]>>;
  /** What is minimised where the label is a number; absent: it is an outcome of two values. */
  loss?: NumberLoss;
  positive?: string;
  negative?: string;
  /** The report says for each value of this column whether the probabilities hold there. */
  segment?: string;
  seed?: number;
}

/** Throws a Fault where a request names a column that the table lacks, or gives one column two roles. */
export function checkRequest(table: RawTable, request: TableRequest): void {
  const { label, id, time, segment, positive, negative, loss, ignore = [], keep = [], ordinal = {} } = request;
  const ordered = Object.keys(ordinal);
  const aside: [string, string | undefined][] = [['--id', id], ['--time', time], ...flagged('--ignore', ignore)];
  const names = new Set(table.columns.map((column) => column.name));
  const named: [string, string | undefined][] = [
    ['--label', label],
    ...aside,
    ['--segment', segment],
    ...flagged('--keep', keep),
    ...flagged('--ordinal', ordered),
  ];
  for (const [flag, name] of named) {
    if (name !== undefined && !names.has(name)) throw unknownColumn(table, `${flag} ${quote(name)}`, name);
  }
  for (const [flag, name] of [...aside, ...flagged('--ordinal', ordered)]) {
    if (name === label) throw twoRoles(`${flag} ${quote(name)}`, 'it is the label column');
  }
  const ofOutcomes = [['--positive', positive], ['--negative', negative], ['--segment', segment]] as const;
  const [outcome] = loss === undefined ? [] : ofOutcomes.filter(([, value]) => value !== undefined);
  if (outcome !== undefined) {
    const rule = `it is about outcomes, and --loss ${loss} is about numbers`;
    throw new Fault({ kind: 'input', value: `${outcome[0]} ${quote(outcome[1]!)}`, rule, remedy: 'leave one of the two out' });
  }
  for (const [flag, name] of aside) {
    if (name !== undefined && ordered.includes(name)) throw twoRoles(`--ordinal ${quote(name)}`, `it is under ${flag} too`);
  }
}

function flagged(flag: string, names: readonly string[]): [string, string][] {
  return names.map((name) => [flag, name]);
}

function unknownColumn({ path, columns }: RawTable, value: string, name: string): Fault {
  const names = columns.map((column) => column.name);
  const near = names.find((known) => known.toLowerCase() === name.trim().toLowerCase());
  const remedy = near === undefined ? `it has ${listing(names)}` : `did you mean ${quote(near)}?`;
  return new Fault({ kind: 'input', value, rule: `${path} has no such column`, remedy });
}

function twoRoles(value: string, rule: string): Fault {
  return new Fault({ kind: 'input', value, rule, remedy: 'give each role a column of its own' });
}

function listing(names: readonly string[]): string {
  const shown = names.slice(0, 6).map((name) => quote(name, 40));
  return shown.join(', ') + (names.length > 6 ? ` and ${names.length - 6} more` : '');
}
