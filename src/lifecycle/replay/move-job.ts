import { BUCKETS, FIRST_WORD, pickRows, type EventColumns, type PartSelection } from '../../log/index.ts';
import type { Bucket, Job, JobContext, Share } from './job.ts';
import { joinEvents } from './join-events.ts';
import { packEvents, unpackEvents } from './pack-events.ts';
import type { Scratch } from './scratch.ts';
import { shareOf, sharesOf } from './share.ts';
import { readShelf, removeShelf, writeShelf } from './shelf.ts';
import { batchesOf } from './source.ts';

export interface MoveOptions {
  readonly selection: PartSelection;
  readonly scratch: Scratch;
  /** How many events are held before they are laid down. */
  readonly most?: number;
}

const MOST = 2 ** 16;

/**
 * Takes the events of those that belong to a record of another bucket out of a bucket. Lays down `moved-B-0` and on, each by the
 * bucket and the share where they are dealt with. Returns how many of these there are.
 */
export function moveOut({ bucket, homes }: Job & { kind: 'move' }, { source, senders, roots }: Pick<JobContext, 'source' | 'senders' | 'roots'>, { selection, scratch, most = MOST }: MoveOptions): number {
  const of = sharesOf(senders);
  let held: EventColumns[] = [];
  let count = 0;
  let pieces = 0;
  const layDown = (): void => {
    if (count === 0) return;
    const events = joinEvents(held);
    const places = events.subjects.words.map((subject) => homes.get(subject)! * of + shareOf(roots.get(subject) ?? subject, of));
    const rows = Array.from({ length: BUCKETS * of }, (): number[] => []);
    for (let row = 0; row < count; row++) rows[places[events.subjects.codes[row]! - FIRST_WORD]!]!.push(row);
    writeShelf(scratch, nameOf(bucket, pieces++), rows.map((list) => (list.length === 0 ? [] : packEvents(pickRows(events, Int32Array.from(list))))));
    held = [];
    count = 0;
  };
  for (const batch of batchesOf(source, bucket, selection)) {
    const goes = Uint8Array.from(batch.subjects.words, (subject) => Number(homes.has(subject)));
    const rows: number[] = [];
    for (let row = 0; row < batch.count; row++) if (goes[batch.subjects.codes[row]! - FIRST_WORD] === 1) rows.push(row);
    if (rows.length === 0) continue;
    for (let at = 0; at < rows.length; ) {
      const taken = rows.slice(at, at + most - count);
      held.push(pickRows(batch, Int32Array.from(taken)));
      count += taken.length;
      at += taken.length;
      if (count === most) layDown();
    }
  }
  layDown();
  return pieces;
}

/** The events that came to a share of a bucket from others, piece by piece as they are asked for. */
export function* movedIn(scratch: Scratch, { bucket, from }: Pick<Bucket, 'bucket' | 'from'>, { nth, of }: Share): Generator<EventColumns> {
  for (const other of from) {
    for (let piece = 0; piece < other.pieces; piece++) {
      const bytes = readShelf(scratch, nameOf(other.bucket, piece), bucket * of + nth);
      if (bytes.length > 0) yield unpackEvents(bytes);
    }
  }
}

/** Removes what was moved out of a bucket. */
export function removeMoved(scratch: Scratch, bucket: number, pieces: number): void {
  for (let piece = 0; piece < pieces; piece++) removeShelf(scratch, nameOf(bucket, piece));
}

const nameOf = (bucket: number, piece: number): string => `moved-${bucket}-${piece}`;
