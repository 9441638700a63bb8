import type { TableFile } from '../base/index.ts';
import { columnsRead, createPreview, type Counted, type ObjectMapping } from '../mapping/index.ts';

/** Counts what a mapping makes of a file's picklist, and the rows that have another width than the header; nothing is imported. */
export async function previewFile(file: TableFile, object: ObjectMapping): Promise<{ counts: Counted[]; ragged: number }> {
  const preview = createPreview(object, file.header);
  let ragged = 0;
  for await (const row of file.rows(columnsRead(object))) {
    if (row.length === file.header.length) preview.add(row);
    else ragged += 1;
  }
  return { counts: preview.read(), ragged };
}

/** The counts as a table for a terminal. */
export function formatPreview(counts: readonly Counted[], { name, outcome }: ObjectMapping): string {
  if (outcome === undefined) return `${name} has no outcome in the mapping: nothing is counted as active or won\n`;
  const rows = counts.map(({ recordType, value, rows: count, meaning }) => [
    recordType || '-', value || '(blank)', count.toLocaleString('en'), meaning ?? (value === '' ? 'nothing' : 'NOTHING: add it to outcome'),
  ]);
  const table = [['record type', outcome.column, 'rows', 'counts as'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]!.length)));
  return `${table.map((row) => row.map((cell, i) => (i < 3 ? cell.padEnd(widths[i]!) : cell)).join('  ')).join('\n')}\n`;
}
