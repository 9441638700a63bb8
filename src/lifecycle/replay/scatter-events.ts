import { FIRST_WORD, pickRows, type EventColumns } from '../../log/index.ts';
import { joinEvents } from './join-events.ts';
import { packEvents, unpackEvents } from './pack-events.ts';
import type { Scratch } from './scratch.ts';
import { readShelf, removeShelf, writeShelf } from './shelf.ts';

/** Events that were laid down by where they are dealt with, so many at a time. */
export interface Pile {
  readonly name: string;
  readonly pieces: number;
}

export interface ScatterOptions {
  /** Of the pile. */
  readonly name: string;
  /** The place of a subject's events, below `places`; undefined where they stay. */
  readonly placeOf: (subject: string) => number | undefined;
  readonly places: number;
  readonly scratch: Scratch;
  /** How many events are held before they are laid down. */
  readonly most?: number;
}

const MOST = 2 ** 16;

/** Lays events down by place. */
export function scatterEvents(batches: Iterable<EventColumns>, { name, placeOf, places, scratch, most = MOST }: ScatterOptions): Pile {
  const held: EventColumns[] = [];
  const rowsAt = Array.from({ length: places }, (): number[] => []); // of the held ones, one behind the other
  let count = 0;
  let pieces = 0;
  const layDown = (): void => {
    if (count === 0) return;
    const all = joinEvents(held.splice(0));
    writeShelf(scratch, pieceOf(name, pieces++), rowsAt.map((rows) => (rows.length === 0 ? [] : packEvents(pickRows(all, Int32Array.from(rows.splice(0)))))));
    count = 0;
  };
  for (const batch of batches) {
    const { words, codes } = batch.subjects;
    const to = Int32Array.from(words, (subject) => placeOf(subject) ?? -1);
    const taken: number[] = [];
    const take = (): void => {
      if (taken.length > 0) held.push(pickRows(batch, Int32Array.from(taken.splice(0))));
    };
    for (let row = 0; row < batch.count; row++) {
      const place = to[codes[row]! - FIRST_WORD]!;
      if (place === -1) continue;
      taken.push(row);
      rowsAt[place]!.push(count++);
      if (count < most) continue;
      take();
      layDown();
    }
    take();
  }
  layDown();
  return { name, pieces };
}

/** The events of a place, piece by piece as they are asked for. */
export function* eventsAt(scratch: Scratch, { name, pieces }: Pile, place: number): Generator<EventColumns> {
  for (let piece = 0; piece < pieces; piece++) {
    const bytes = readShelf(scratch, pieceOf(name, piece), place);
    if (bytes.length > 0) yield unpackEvents(bytes);
  }
}

export function removePile(scratch: Scratch, { name, pieces }: Pile): void {
  for (let piece = 0; piece < pieces; piece++) removeShelf(scratch, pieceOf(name, piece));
}

const pieceOf = (name: string, piece: number): string => `${name}-${piece}`;
