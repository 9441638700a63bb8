/** A window is cut into this many tiles; the tile that is running comes on top. */
export const TILES = 12;
const SLOTS = TILES + 1;
const NONE = -0x80000000;

/** How one tile lies in bytes, and how an amount is added to it. */
export interface TileCell {
  readonly bytes: number;
  get(view: DataView, at: number): number;
  set(view: DataView, at: number, value: number): void;
}

/**
 * A sawtooth window over a ring of tiles: it reaches from `now` back to the start of the tile that `now - window` lies in,
 * so its length swings between the window and 13/12 of it, and nothing has to be re-read when time passes
 * (the sawtooth windows of Airbnb's Chronon). Layout: number of the newest tile i32 · tiles.
 */
export interface Ring {
  readonly bytes: number;
  init(view: DataView, at: number): void;
  add(view: DataView, at: number, time: number, amount: number): void;
  merge(view: DataView, at: number, other: DataView, from: number): void;
  total(view: DataView, at: number, now: number): number;
}

/** The number of the tile that a time lies in, counted from 1970. */
export const tileOf = (time: number, window: number): number => Math.floor((time * TILES) / window);

export function ring(window: number, cell: TileCell): Ring {
  const slot = (at: number, tile: number): number => at + 4 + (((tile % SLOTS) + SLOTS) % SLOTS) * cell.bytes;

  const add = (view: DataView, at: number, tile: number, amount: number): void => {
    let newest = view.getInt32(at, true);
    if (tile > newest) {
      for (let next = Math.max(newest + 1, tile - TILES); next <= tile; next++) cell.set(view, slot(at, next), 0);
      view.setInt32(at, tile, true);
      newest = tile;
    }
    if (tile < newest - TILES) return;
    const place = slot(at, tile);
    cell.set(view, place, cell.get(view, place) + amount);
  };

  return {
    bytes: 4 + SLOTS * cell.bytes,
    init(view, at) {
      view.setInt32(at, NONE, true);
      for (let i = 0; i < SLOTS; i++) cell.set(view, at + 4 + i * cell.bytes, 0);
    },
    add: (view, at, time, amount) => add(view, at, tileOf(time, window), amount),
    merge(view, at, other, from) {
      const newest = other.getInt32(from, true);
      if (newest === NONE) return;
      for (let tile = newest; tile >= newest - TILES; tile--) {
        const amount = cell.get(other, slot(from, tile));
        if (amount !== 0 || tile === newest) add(view, at, tile, amount);
      }
    },
    total(view, at, now) {
      const newest = view.getInt32(at, true);
      const last = tileOf(now, window);
      let sum = 0;
      const to = Math.min(newest, last);
      for (let tile = Math.max(newest, last) - TILES; tile <= to; tile++) sum += cell.get(view, slot(at, tile));
      return sum;
    },
  };
}
