import type { TableSpec } from '../bundle/index.ts';
import type { Dataset } from '../trees/index.ts';
import { dateInputName } from './dates.ts';
import type { Label } from './label.ts';
import type { NumberLabel } from './number-label.ts';
import type { RawTable } from './raw-table.ts';
import { percent, type Warning } from './warning.ts';

const MANY_DUPLICATES = 0.01;
const FUTURE = 0.01;

/** What the label column shows: rows left out, and a positive that was guessed. */
export function labelWarnings(label: Label | NumberLabel): Warning[] {
  const warnings: Warning[] = [];
  const say = (value: number, message: string, advice: string): void =>
    void warnings.push({ code: 'label', column: label.name, value, message, advice });
  if (label.unlabelled > 0)
    say(
      label.unlabelled,
      `${label.unlabelled} rows have no label and were left out`,
      'are they still open? then this is right',
    );
  if (label.kind === 'number') {
    if (label.unreadable > 0) say(label.unreadable, `${label.unreadable} rows hold no number and were left out`, 'correct them where they matter');
    return warnings;
  }
  if (label.other > 0)
    say(
      label.other,
      `${label.other} rows hold a third value and were left out`,
      'are they still open? then this is right',
    );
  if (label.chosen.includes('rarer')) {
    say(
      0,
      `“${label.positive}” counts as the positive outcome, as the rarer of the two`,
      'if it is the other one, say so with --positive',
    );
  }
  return warnings;
}

/**
 * Rows that repeat an earlier one in every cell, and ids that come more than once: copies inflate a random hold-out.
 */
export function duplicateWarnings(table: RawTable, id: string | null): Warning[] {
  const warnings: Warning[] = [];
  const advice = 'if they are one record twice, remove the copies: they flatter the random hold-out';
  const seen = new Set<string>();
  for (let row = 0; row < table.rows; row++) seen.add(table.columns.map((column) => column.codes[row]!).join(' '));
  const copies = table.rows - seen.size;
  if (copies >= MANY_DUPLICATES * table.rows) {
    const message = `${copies} rows (${percent(copies / table.rows)}) equal an earlier row in every cell`;
    warnings.push({ code: 'duplicate-rows', column: null, value: copies / table.rows, message, advice });
  }
  const repeated = id === null ? 0 : table.rows - table.columns.find(({ name }) => name === id)!.texts.length;
  if (repeated > 0) {
    const message = `${repeated} rows repeat an id that came before`;
    warnings.push({ code: 'duplicate-rows', column: id, value: repeated / table.rows, message, advice });
  }
  return warnings;
}

/** Dates that lie after the time that their row is as of were written later than the row claims. */
export function futureWarnings(spec: TableSpec, data: Dataset): Warning[] {
  if (spec.time === null) return [];
  return spec.columns.flatMap((column): Warning[] => {
    const input =
      column.kind === 'date' ? data.columns.find(({ name }) => name === dateInputName(column.name, 'age')) : undefined;
    if (input?.kind !== 'numeric') return [];
    const share = input.values.filter((age) => age < 0).length / data.rows;
    if (share < FUTURE) return [];
    const message = `its date lies after --time in ${percent(share)} of the rows: recorded later than the row is as of`;
    return [
      {
        code: 'leak-suspect',
        column: column.name,
        value: share,
        message,
        advice: 'leave it out unless it is a date planned ahead',
      },
    ];
  });
}
