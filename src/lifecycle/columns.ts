import { parseNumber } from './numbers.ts';
import type { Inferred } from './infer.ts';
import type { RawColumn } from './raw-table.ts';
import { percent, type Warning } from './warning.ts';

const ID_SHARE = 0.9; // distinct texts over filled cells
const FEWEST_FOR_ID = 20; // filled cells, before a text column can look like an id
const FEWEST_FOR_NUMBERED = 100; // the same for whole numbers that are all different

/** Whether a column can help a model, and what is remarkable about it. `keep` overrides the suspicion of an id. */
export function judgeColumn(
  raw: RawColumn,
  found: Inferred,
  rows: number,
  mode: 'judge' | 'keep',
): { use: boolean; warnings: Warning[] } {
  const { column, distinct, filled } = found;
  if (column === null)
    return leftOut(
      'constant',
      raw.name,
      0,
      'no cell holds a value',
      'such columns say nothing: there is nothing to do',
    );
  if (distinct === 1 && filled === rows) {
    return leftOut(
      'constant',
      raw.name,
      1,
      'every row holds the same value',
      'such columns say nothing: there is nothing to do',
    );
  }
  if (mode === 'judge' && isIdLike(raw, found)) {
    const message = `${distinct} distinct values in ${filled} rows`;
    return leftOut(
      'id-like',
      raw.name,
      distinct / filled,
      message,
      'they look like ids or free text: name one with --id, or use it all the same with --keep',
    );
  }
  return { use: true, warnings: [...readingWarnings(raw.name, found), ...similarWarnings(raw, found)] };
}

function leftOut(code: 'constant' | 'id-like', column: string, value: number, message: string, advice: string) {
  return { use: false, warnings: [{ code, column, value, message, advice }] };
}

function isIdLike(raw: RawColumn, { column, distinct, filled }: Inferred): boolean {
  if (column?.kind === 'categorical') return filled >= FEWEST_FOR_ID && distinct >= ID_SHARE * filled;
  if (column?.kind !== 'numeric') return false;
  const numbered = filled >= FEWEST_FOR_NUMBERED && distinct === filled && filled === raw.codes.length;
  return numbered && raw.texts.every((text) => Number.isInteger(parseNumber(text, column.decimal)));
}

function readingWarnings(name: string, { column, unreadable, ambiguous, filled }: Inferred): Warning[] {
  const warnings: Warning[] = [];
  if (unreadable > 0) {
    const kind = column?.kind === 'date' ? 'dates' : 'numbers';
    const message = `${unreadable} cells (${percent(unreadable / filled)}) are no ${kind} and count as missing`;
    warnings.push({
      code: 'unreadable',
      column: name,
      value: unreadable,
      message,
      advice: 'correct them where they matter',
    });
  }
  if (ambiguous) {
    const message = 'no cell tells whether the day or the month comes first: read as month/day/year';
    warnings.push({ code: 'ambiguous-dates', column: name, value: 1, message, advice: 'write dates as 2024-01-31' });
  }
  return warnings;
}

/** Categories that differ only in case, spaces or punctuation: `GTXPro` and `GTX Pro`. */
function similarWarnings(raw: RawColumn, { column }: Inferred): Warning[] {
  if (column?.kind !== 'categorical' || raw.texts.length > 2_000) return [];
  const groups = Map.groupBy(raw.texts, (text) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''));
  const pairs = [...groups].filter(([key, texts]) => key !== '' && texts.length > 1).map(([, texts]) => texts);
  if (pairs.length === 0) return [];
  const example = pairs[0]!.slice(0, 3).map((text) => `“${text.slice(0, 40)}”`);
  const more = pairs.length > 1 ? ` and ${pairs.length - 1} more such groups` : '';
  const message = `${example.join(' and ')} differ only in case, spaces or punctuation${more}`;
  return [
    {
      code: 'similar-categories',
      column: raw.name,
      value: pairs.length,
      message,
      advice: 'if they are one thing, write them alike',
    },
  ];
}
