import { serialize } from 'node:v8';
import { FIRST_WORD, gatherColumns, openHistory, rowReader, type Gathered } from '../../log/index.ts';
import { cellOf } from './cells.ts';
import { movedFrom, type BuildContext } from './context.ts';
import { homeOf } from './kin.ts';
import { layDown } from './scratch.ts';

/** Rows in memory before they are laid down. */
const MOST = 200_000;

/** Lays down the rows of a bucket by the cell in which they are folded: all where it is cut into several, else those of others. */
export function moveRows(bucket: number, { source, scratch, shares, survey: { homes } }: BuildContext): void {
  const history = openHistory(source.folder);
  const pieces = new Map<number, number>();
  let gathered = new Map<number, Gathered[]>();
  let held = 0;
  const flush = (): void => {
    for (const [cell, rows] of gathered) {
      const piece = pieces.get(cell) ?? 0;
      layDown(movedFrom(scratch, bucket, cell, piece), serialize(gatherColumns(rows)));
      pieces.set(cell, piece + 1);
    }
    gathered = new Map();
    held = 0;
  };
  for (const segment of source.segments) {
    const columns = history.columns(segment, bucket);
    if (columns === undefined) continue;
    const cellsOf = columns.subjects.words.map((subject) => homeOf(homes, subject) ?? (shares === 1 ? undefined : cellOf(subject, shares)));
    if (cellsOf.every((cell) => cell === undefined)) continue;
    const read = rowReader(columns);
    for (let row = 0; row < columns.count; row++) {
      const cell = cellsOf[columns.subjects.codes[row]! - FIRST_WORD];
      if (cell === undefined) continue;
      const rows = gathered.get(cell);
      const one = { event: read(row), repeat: columns.repeats[row] === 1 };
      if (rows === undefined) gathered.set(cell, [one]);
      else rows.push(one);
      held += 1;
    }
    if (held > MOST) flush();
  }
  flush();
}
