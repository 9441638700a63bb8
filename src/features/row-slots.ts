/** The bytes of one row, for as long as its holder does not give them back. */
export interface RowSlot {
  readonly view: DataView;
  readonly bytes: Uint8Array;
}

/** Rows cut from large buffers and used again: to allocate each by itself costs more than to fold an event into it. */
export interface RowSlots {
  /** A slot of so many bytes; what it holds is left from before. */
  take(size: number): RowSlot;
  /** Takes a slot back: whoever still looks at it sees another row. */
  give(slot: RowSlot): void;
}

const CHUNK = 2 ** 18;

export function createRowSlots(): RowSlots {
  const free = new Map<number, RowSlot[]>();
  let chunk = new ArrayBuffer(0);
  let used = 0;

  const cut = (size: number): RowSlot => {
    const room = (size + 7) & ~7; // rows begin at words
    if (used + room > chunk.byteLength) {
      chunk = new ArrayBuffer(Math.max(CHUNK, room));
      used = 0;
    }
    const slot = { view: new DataView(chunk, used, size), bytes: new Uint8Array(chunk, used, size) };
    used += room;
    return slot;
  };

  return {
    take: (size) => free.get(size)?.pop() ?? cut(size),
    give(slot) {
      const { length } = slot.bytes;
      const stock = free.get(length);
      if (stock === undefined) free.set(length, [slot]);
      else stock.push(slot);
    },
  };
}
