import type { Column, Dataset, Value } from '../../trees/index.ts';
import { testsOf } from '../condition.ts';
import { evaluate, pointsOf, type RuleContribution } from '../evaluate.ts';
import type { RuleSet } from '../parse.ts';

/** The rows of a table as the rules see them. */
export interface RuledTable {
  /** The points of every row. */
  points(): Float64Array;
  /** What each rule added to a row. */
  contributions(row: number): readonly RuleContribution[];
}

/** Reads the columns that the rules name, once. A feature that the table does not have is missing. */
export function ruledTable(rules: RuleSet, { rows, columns }: Dataset): RuledTable {
  const named = new Set(rules.rules.flatMap(({ when, decay }) => [...when.flatMap(testsOf).map(({ feature }) => feature), ...(decay === undefined ? [] : [decay.since])]));
  const used = columns.filter(({ name }) => named.has(name));
  const names = used.map(({ name }) => name);
  const cells = used.map(cellsOf);
  const vector: Value[] = names.map(() => null);
  const at = (row: number): Value[] => {
    for (let i = 0; i < cells.length; i++) vector[i] = cells[i]!(row);
    return vector;
  };
  return {
    points() {
      const points = new Float64Array(rows);
      for (let row = 0; row < rows; row++) points[row] = pointsOf(rules, names, at(row));
      return points;
    },
    contributions: (row) => evaluate(rules, names, at(row)).contributions,
  };
}

function cellsOf(column: Column): (row: number) => Value {
  if (column.kind === 'numeric') {
    const { values } = column; // may load
    return (row) => values[row]!;
  }
  const { levels, codes } = column;
  return (row) => levels[codes[row]!] ?? null;
}
