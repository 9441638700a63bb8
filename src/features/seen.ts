import { createRepeats, dayOf, KEY_WORDS, type Repeats } from '../log/index.ts';
import type { LoggedEvent } from '../events/index.ts';
import type { Blocks, Seen } from './store.ts';

/** Deliveries a block: three blocks share a page of LMDB. */
const BLOCK = 64;
/** key u32 × 3 · received f64 */
const ENTRY = KEY_WORDS * 4 + 8;

/**
 * Remembers what was folded over the duplicate horizon: in memory, and in blocks that grow at their end and go from their
 * beginning, so that a fold writes few pages for it. What the blocks hold depends on the events alone, not on how they were split.
 */
export function createSeen(blocks: Blocks): Seen {
  let repeats: Repeats | undefined;
  /** How many deliveries the blocks hold, with those that were removed. */
  let count = 0;
  let first = 0;
  let last = emptyBlock();
  let fresh = false;
  const full = new Map<number, Uint8Array>();

  const keep = (key: Uint32Array, received: number): void => {
    const at = (count % BLOCK) * ENTRY;
    for (let i = 0; i < KEY_WORDS; i++) last.setUint32(at + i * 4, key[i]!, true);
    last.setFloat64(at + KEY_WORDS * 4, received, true);
    fresh = true;
    if (++count % BLOCK !== 0) return;
    full.set(count / BLOCK - 1, bytesOf(last, BLOCK));
    last = emptyBlock();
  };

  const load = (): Repeats => {
    const loaded = createRepeats(keep);
    [count, first, last, fresh] = [0, 0, emptyBlock(), false];
    full.clear();
    const key = new Uint32Array(KEY_WORDS);
    let found = false;
    for (const [number, bytes] of blocks.each()) {
      if (!found) first = number;
      found = true;
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let at = 0; at < bytes.length; at += ENTRY) {
        for (let i = 0; i < KEY_WORDS; i++) key[i] = view.getUint32(at + i * 4, true);
        loaded.remember(key, view.getFloat64(at + KEY_WORDS * 4, true));
      }
      count = number * BLOCK + bytes.length / ENTRY;
      last = emptyBlock();
      if (count % BLOCK !== 0) new Uint8Array(last.buffer).set(bytes);
    }
    return loaded;
  };

  /** Removes the oldest blocks while all that they hold is past the horizon; the last one stays. */
  const forget = (oldest: number): void => {
    for (; first < Math.floor(count / BLOCK); first++) {
      const bytes = blocks.get(first);
      if (bytes !== undefined && newestDay(bytes) >= oldest) return;
      blocks.remove(first);
    }
  };

  return {
    admit(event: LoggedEvent) {
      repeats ??= load();
      return !repeats.check(event.source, event.id, event.received);
    },
    save() {
      if (!fresh || repeats === undefined) return;
      for (const [number, bytes] of full) blocks.put(number, bytes);
      full.clear();
      if (count % BLOCK !== 0) blocks.put(Math.floor(count / BLOCK), bytesOf(last, count % BLOCK));
      fresh = false;
      forget(repeats.oldestDay());
    },
    rewind() {
      repeats = undefined;
    },
  };
}

/** A block's name among the rows of a state: in the order of the numbers. */
export const blockKey = (number: number): string => String(number).padStart(12, '0');

const emptyBlock = (): DataView => new DataView(new ArrayBuffer(BLOCK * ENTRY));
const bytesOf = ({ buffer }: DataView, entries: number): Uint8Array => new Uint8Array(buffer, 0, entries * ENTRY);

function newestDay(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let newest = -Infinity;
  for (let at = KEY_WORDS * 4; at < bytes.length; at += ENTRY) newest = Math.max(newest, dayOf(view.getFloat64(at, true)));
  return newest;
}
