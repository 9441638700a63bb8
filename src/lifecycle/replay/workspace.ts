/** Memory for the arrays of a job, which the next job uses again: what is made anew for each, in so many bytes, has the collector look at all there is. */
export interface Workspace {
  /** So many numbers, good until `clear`; they are what was there before. */
  take<T>(of: ArrayOf<T>, count: number): T;
  /** All is free again. */
  clear(): void;
}

interface ArrayOf<T> {
  readonly BYTES_PER_ELEMENT: number;
  new (count: number): T;
  new (buffer: ArrayBuffer, at: number, count: number): T;
}

/** Each array in memory of its own, which may be kept. */
export const FRESH: Workspace = { take: (of, count) => new of(count), clear: () => {} };

const LEAST = 2 ** 24; // bytes

/** Arrays are cut out of one block, one behind the other, and out of further ones until the job is over: the next has one of all their size. */
export function createWorkspace(): Workspace {
  let block = new ArrayBuffer(0);
  let at = 0;
  let needed = 0;
  return {
    take(of, count) {
      const size = Math.ceil((count * of.BYTES_PER_ELEMENT) / 8) * 8;
      needed += size;
      if (at + size > block.byteLength) {
        block = new ArrayBuffer(Math.max(LEAST, size));
        at = 0;
      }
      at += size;
      return new of(block, at - size, count);
    },
    clear() {
      if (needed > block.byteLength) block = new ArrayBuffer(Math.ceil(needed / LEAST) * LEAST);
      at = 0;
      needed = 0;
    },
  };
}
