import { Fault } from '../base/index.ts';
import type { TableSpec } from '../bundle/index.ts';

/**
 * The names of the columns of a file without a header, by their places in the file that the model was trained on, with
 * its label column or without it. A model without names takes any. Throws a Fault where the widths differ.
 */
export function namesByPosition({ file, positions }: TableSpec, width: number): string[] {
  const anything = Array.from({ length: width }, (_, at) => `column_${at + 1}`);
  if (file === undefined) return check(width, [widthOf(positions)], anything);
  const unlabelled = file.columns.filter((name) => name !== file.label);
  return check(width, [file.columns.length, unlabelled.length], width === unlabelled.length ? unlabelled : file.columns);
}

function widthOf(positions: readonly number[] | undefined): number {
  if (positions !== undefined) return positions.reduce((most, at) => Math.max(most, at + 1), 0);
  throw new Fault({
    kind: 'input',
    value: 'a file without a header',
    rule: 'the model finds its columns by name, and does not know their places',
    remedy: 'give a file with a header',
  });
}

function check<T>(width: number, allowed: readonly number[], found: T): T {
  if (allowed.includes(width)) return found;
  const [whole, rest] = allowed;
  throw new Fault({
    kind: 'input',
    value: `a file of ${width} columns without a header`,
    rule: `the model knows columns by their places in ${whole}${rest === undefined ? '' : `, or ${rest} without the label`}`,
    remedy: 'give the columns that it was trained on, in that order, or a file with a header',
  });
}
