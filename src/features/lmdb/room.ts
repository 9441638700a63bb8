import { closeSync, fstatSync, ftruncateSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { ABORT, type RootDatabase } from 'lmdb';
import { writeFully } from '../../base/index.ts';
import { unwritable } from './unwritable.ts';

/** Room on the disk for what a transaction will write. */
export interface Room {
  /** Makes room for a transaction that folds about so many events. Returns up to which byte of the file there is some. Throws a Fault where the disk is full. */
  reserve(events: number): number;
  close(): void;
}

/** Pages that an event copies, for rows and for places in lists, and pages that it splits; a fold takes a sixth of both, a touch of a record of sixteen territories nearly all. */
const COPIED = 14;
const SPLIT = 2;
/** Pages of what does not go with the events: declarations, vocabularies, lists of free pages. */
const BESIDE = 64;
/** No transaction copies a page twice; it may copy what it split. */
const ALL = 1.25;
/** It makes a quarter of what is used more room than is needed, at most so much, and so seldom makes any. */
const AHEAD = 2 ** 26;
const ZEROS = new Uint8Array(2 ** 20);
/** LMDB makes its map, and with it the file, twice as long as what a transaction needs, in multiples of this. */
const GRAIN = 2 ** 18;

interface Extent {
  readonly lastPageNumber: number;
  readonly pageSize: number;
  /** Bytes of the map: the file has as many, though the disk has only what was written. */
  readonly mapSize: number;
}

/**
 * Writes zeros behind the last page of a state that is written through its map: a page for which the disk has no room would end the process,
 * where a system call is refused. Nobody else writes to the file, and nothing but a transaction uses what lies there.
 */
export function keepRoom(root: RootDatabase<Buffer, string>, file: string): Room {
  const fd = openSync(file, 'r+');
  let end = 0;

  const extent = (): Extent => {
    const found = root.getStats() as Extent;
    root.resetReadTxn();
    return found;
  };

  const fill = (from: number, to: number): void => {
    for (let at = from; at < to; at = end) {
      const next = Math.min(to, at + ZEROS.length);
      writeFully(fd, ZEROS.subarray(0, next - at), at);
      end = next;
    }
  };

  /** Makes the map longer between transactions: LMDB does so within one only, and does not hear there that the system refuses it. */
  const grow = (used: number, to: number): void => {
    const mapped = Math.max(fstatSync(fd).size, 2 * to + GRAIN);
    ftruncateSync(fd, mapped);
    root.transactionSync(() => {
      void root.putSync('room', Buffer.alloc(to - used));
      return ABORT;
    });
  };

  return {
    reserve(events) {
      const { lastPageNumber, pageSize, mapSize } = extent();
      const used = (lastPageNumber + 1) * pageSize;
      const need = used + (Math.min(Math.ceil(ALL * lastPageNumber), COPIED * events) + SPLIT * events + BESIDE) * pageSize;
      if (need <= end) return end;
      const to = need + Math.min(AHEAD, Math.floor(used / 4));
      try {
        fill(Math.max(end, used), to);
        if (to > mapSize) grow(used, to);
      } catch (cause) {
        throw unwritable(dirname(file), cause as Error);
      }
      return end;
    },
    close: () => closeSync(fd),
  };
}
