import { serialize } from 'node:v8';
import { FIRST_WORD, gatherColumns, openHistory, rowReader, type Gathered } from '../../log/index.ts';
import { shardOf } from './shards.ts';
import { movedFrom, type BuildContext } from './context.ts';
import { homeOf } from './kin.ts';
import { layDown } from './scratch.ts';

/** Rows in memory before they are laid down. */
const MOST = 200_000;

/** Lays down the rows of a bucket by the shard in which they are folded: all where it is cut into several, else those of others. */
export function moveRows(bucket: number, { source, scratch, shares, survey: { homes } }: BuildContext): void {
  const history = openHistory(source.folder);
  const pieces = new Map<number, number>();
  let gathered = new Map<number, Gathered[]>();
  let held = 0;
  const flush = (): void => {
    for (const [shard, rows] of gathered) {
      const piece = pieces.get(shard) ?? 0;
      layDown(movedFrom(scratch, bucket, shard, piece), serialize(gatherColumns(rows)));
      pieces.set(shard, piece + 1);
    }
    gathered = new Map();
    held = 0;
  };
  for (const segment of source.segments) {
    const columns = history.columns(segment, bucket);
    if (columns === undefined) continue;
    const shardsOf = columns.subjects.words.map((subject) => homeOf(homes, subject) ?? (shares === 1 ? undefined : shardOf(subject, shares)));
    if (shardsOf.every((shard) => shard === undefined)) continue;
    const read = rowReader(columns);
    for (let row = 0; row < columns.count; row++) {
      const shard = shardsOf[columns.subjects.codes[row]! - FIRST_WORD];
      if (shard === undefined) continue;
      const rows = gathered.get(shard);
      const one = { event: read(row), repeat: columns.repeats[row] === 1 };
      if (rows === undefined) gathered.set(shard, [one]);
      else rows.push(one);
      held += 1;
    }
    if (held > MOST) flush();
  }
  flush();
}
