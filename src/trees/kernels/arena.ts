import { Fault } from '../../base/portable.ts';

const PAGE = 65_536;
const LIMIT = 65_536 * PAGE;

/** Hands out the memory of a kernel piece by piece. Pieces are zero, 64-byte aligned and never given back. */
export interface Arena {
  /** The address of `bytes` fresh bytes. Throws a Fault where WebAssembly's 4 GB do not suffice. */
  alloc(bytes: number): number;
  /** Views of the memory as it is now: they are void after the next `alloc`. */
  bytes(at: number, length: number): Uint8Array;
  words(at: number, length: number): Uint32Array;
  integers(at: number, length: number): BigInt64Array;
  numbers(at: number, length: number): Float64Array;
}

export function createArena(memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }): Arena {
  let next = memory.buffer.byteLength === 0 ? 64 : memory.buffer.byteLength;
  return {
    alloc(bytes) {
      const at = next;
      next += Math.ceil(bytes / 64) * 64;
      if (next > LIMIT) throw tooLarge(next);
      const missing = Math.ceil((next - memory.buffer.byteLength) / PAGE);
      if (missing > 0) memory.grow(missing);
      return at;
    },
    bytes: (at, length) => new Uint8Array(memory.buffer, at, length),
    words: (at, length) => new Uint32Array(memory.buffer, at, length),
    integers: (at, length) => new BigInt64Array(memory.buffer, at, length),
    numbers: (at, length) => new Float64Array(memory.buffer, at, length),
  };
}

function tooLarge(bytes: number): Fault {
  return new Fault({
    kind: 'input',
    value: `${Math.ceil(bytes / 2 ** 30)} GB for one block of rows and its histograms`,
    rule: 'a block has 4 GB at most',
    remedy: 'give fewer columns, fewer borders or a lower depth',
  });
}
