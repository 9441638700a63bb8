import { BUCKETS, FIRST_WORD, pickRows, type EventColumns, type PartSelection } from '../../log/index.ts';
import type { Job, JobContext } from './job.ts';
import { packEvents, unpackEvents } from './pack-events.ts';
import type { Scratch } from './scratch.ts';
import { readShelf, writeShelf } from './shelf.ts';
import { batchesOf } from './source.ts';

/** Takes the events of those that belong to a record of another bucket out of a bucket. Lays down `moved-B`, by where they go. */
export function moveOut({ bucket, homes }: Job & { kind: 'move' }, { source }: JobContext, selection: PartSelection, scratch: Scratch): void {
  const going: Uint8Array[][][] = Array.from({ length: BUCKETS }, () => []);
  for (const batch of batchesOf(source, bucket, selection)) {
    const homeOf = batch.subjects.words.map((subject) => homes.get(subject));
    const rows = new Map<number, number[]>();
    for (let row = 0; row < batch.count; row++) {
      const home = homeOf[batch.subjects.codes[row]! - FIRST_WORD];
      if (home === undefined) continue;
      const list = rows.get(home);
      if (list === undefined) rows.set(home, [row]);
      else list.push(row);
    }
    for (const [home, list] of rows) going[home]!.push(packEvents(pickRows(batch, Int32Array.from(list))));
  }
  writeShelf(scratch, `moved-${bucket}`, going.map((batches) => [[lengthsOf(batches)], ...batches].flat()));
}

/** How many there are, and how long each is, as doubles. */
function lengthsOf(batches: readonly (readonly Uint8Array[])[]): Uint8Array {
  return new Uint8Array(Float64Array.of(batches.length, ...batches.map((pieces) => pieces.reduce((sum, { length }) => sum + length, 0))).buffer);
}

/** The events that came to a bucket from others, batch by batch. */
export function movedIn(scratch: Scratch, bucket: number, from: readonly number[]): EventColumns[] {
  return from.flatMap((other) => {
    const bytes = readShelf(scratch, `moved-${other}`, bucket);
    const count = new Float64Array(bytes.buffer, 0, 1)[0]!;
    let at = (count + 1) * 8;
    return Array.from(new Float64Array(bytes.buffer, 8, count), (length) => unpackEvents(bytes.slice(at, (at += length))));
  });
}
