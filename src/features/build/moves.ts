import { serialize } from 'node:v8';
import { FIRST_WORD, gatherColumns, openHistory, rowReader, type Gathered } from '../../log/index.ts';
import { movedFrom, type BuildContext } from './context.ts';
import { layDown } from './scratch.ts';

/** Lays down the rows of a bucket that are folded in another, by where. */
export function runMoves(bucket: number, { source, scratch, survey: { homes } }: BuildContext): void {
  const history = openHistory(source.folder);
  const gathered = new Map<number, Gathered[]>();
  for (const segment of source.segments) {
    const columns = history.columns(segment, bucket);
    const homeOf = columns?.subjects.words.map((subject) => homes.get(subject));
    if (columns === undefined || homeOf?.every((home) => home === undefined)) continue;
    const read = rowReader(columns);
    for (let row = 0; row < columns.count; row++) {
      const home = homeOf![columns.subjects.codes[row]! - FIRST_WORD];
      if (home === undefined) continue;
      if (!gathered.has(home)) gathered.set(home, []);
      gathered.get(home)!.push({ event: read(row), repeat: columns.repeats[row] === 1 });
    }
  }
  for (const [home, rows] of gathered) layDown(movedFrom(scratch, bucket, home), serialize(gatherColumns(rows)));
}
