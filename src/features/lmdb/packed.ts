/**
 * Rows are mostly zeros: a lead of few events uses a few of its tiles. Packed, eight bytes lie as one byte that says which of them
 * are not zero, and those; a run of zero groups is a zero and its length (Cap'n Proto's packing, without its runs of literals).
 * The first two bytes are the length.
 */
const HEAD = 2;
const GROUP = 8;
const LONGEST = 0xffff;

let scratch = new Uint8Array(2 ** 12);

/** The packed bytes; good until the next call. Throws a RangeError for 64 KB and more. */
export function pack(bytes: Uint8Array): Uint8Array {
  const size = bytes.length;
  if (size > LONGEST) throw new RangeError(`a row of ${size} bytes is too long to pack`);
  const most = HEAD + size + 2 * Math.ceil(size / GROUP);
  if (scratch.length < most) scratch = new Uint8Array(most);
  scratch[0] = size & 0xff;
  scratch[1] = size >>> 8;
  let to = HEAD;
  for (let at = 0; at < size; ) {
    const end = Math.min(at + GROUP, size);
    const place = to++;
    let mask = 0;
    for (let i = at; i < end; i++) {
      const byte = bytes[i]!;
      if (byte === 0) continue;
      mask |= 1 << (i - at);
      scratch[to++] = byte;
    }
    scratch[place] = mask;
    at = end;
    if (mask !== 0) continue;
    let run = at;
    while (run < size && bytes[run] === 0) run++;
    const groups = run === size ? Math.ceil((run - at) / GROUP) : Math.floor((run - at) / GROUP);
    const counted = Math.min(groups, 0xff);
    scratch[to++] = counted;
    at = Math.min(size, at + counted * GROUP);
  }
  return scratch.subarray(0, to);
}

/** The length of what was packed. */
export const lengthOf = (packed: Uint8Array): number => packed[0]! | (packed[1]! << 8);

/** What was packed, in bytes of its own. */
export function unpack(packed: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(lengthOf(packed));
  unpackInto(packed, bytes);
  return bytes;
}

/** Writes what was packed over `bytes`, which are `lengthOf` long. */
export function unpackInto(packed: Uint8Array, bytes: Uint8Array): void {
  bytes.fill(0);
  for (let at = 0, from = HEAD; from < packed.length; at += GROUP) {
    const mask = packed[from++]!;
    if (mask === 0) at += packed[from++]! * GROUP;
    else for (let i = 0; i < GROUP; i++) if ((mask & (1 << i)) !== 0) bytes[at + i] = packed[from++]!;
  }
}
