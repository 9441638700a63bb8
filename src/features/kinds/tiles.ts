import type { RowCode } from '../code/code.ts';
import type { Accumulator, Share } from './accumulator.ts';
import type { Amounts, TileCell } from './tile-cells.ts';

const NONE = -0x80000000;

export interface RingShape {
  /** The length of a tile, ms. */
  readonly tile: number;
  /** How many whole tiles the longest window over the ring has. */
  readonly tiles: number;
  readonly cell: TileCell;
}

/** A ring of tiles. */
export interface Ring extends Accumulator {
  /**
   * Combines what the tiles hold from `window` whole tiles before the one that `now` lies in up to that one. The window is a
   * sawtooth: its length swings between `window` and `window` + 1 tiles, and nothing has to be read anew when time passes
   * (the sawtooth windows of Airbnb's Chronon). `join` goes from the oldest tile to the newest; the cell's own, where none is given.
   */
  over(view: DataView, at: number, now: number, window: number, join?: TileCell['join']): number;
  /** The number of the newest tile; far below zero where there is none. */
  newest(view: DataView, at: number): number;
}

/** The number of the tile that a time lies in, counted from 1970, in 32 bits. */
export const tileOf = (time: number, tile: number): number => Math.floor(time / tile) | 0;

/** `tileOf` as an expression. */
export const writeTile = (time: string, tile: number): string => `Math.floor(${time} / ${tile}) | 0`;

/** Where in a ring of `slots` the tile of a number stands. */
export function slotOf(number: number, slots: number): number {
  const rest = (number | 0) % slots; // the remainder of doubles is slow
  return rest < 0 ? rest + slots : rest;
}

/**
 * The tiles up to the newest one that anything lay in. What is older than the ring is left out: its tile is closed. Windows of
 * several lengths read the same ring. Layout: number of the newest tile i32 · tiles.
 */
export function ring({ tile, tiles, cell }: RingShape): Ring {
  const slots = tiles + 1;
  const size = cell.bytes;
  const slot = (at: number, number: number): number => at + 4 + slotOf(number, slots) * size;
  const newest = (view: DataView, at: number): number => view.getInt32(at, true);

  /** Opens the tile where it is ahead of the ring; false where it is closed. */
  const open = (view: DataView, at: number, number: number): boolean => {
    const last = newest(view, at);
    if (number <= last) return number >= last - tiles;
    for (let next = Math.max(last + 1, number - tiles); next <= number; next++) cell.clear(view, slot(at, next));
    view.setInt32(at, number, true);
    return true;
  };

  return {
    bytes: 4 + slots * size,
    newest,
    init(view, at) {
      view.setInt32(at, NONE, true);
      for (let i = 0; i < slots; i++) cell.clear(view, at + 4 + i * size);
    },
    add(view, at, time, _tie, value) {
      const number = tileOf(time, tile);
      if (open(view, at, number)) cell.add(view, slot(at, number), value);
    },
    write(code, { at, time, value }) {
      const number = code.once(writeTile(time, tile));
      const place = `base + ${at + 4} + ${code.once(`slotOf(${number}, ${slots})`)} * ${size}`;
      return `{
        let newest = view.getInt32(base + ${at}, true);
        if (newest < ${number}) {
          ${cell.none === 0 ? 'openZero' : 'openNaN'}(view, base + ${at}, newest, ${number}, ${tiles}, ${size});
          newest = ${number};
        }
        if (${number} >= newest - ${tiles}) { ${cell.write(place, value)} }
      }`;
    },
    merge(view, at, other, from) {
      const last = newest(other, from);
      if (last === NONE) return;
      for (let number = last; number >= last - tiles; number--) {
        if (open(view, at, number)) cell.merge(view, slot(at, number), other, slot(from, number));
      }
    },
    over: (view, at, now, window, join) => joinOver(view, at, tileOf(now, tile), window, tiles, cell, join),
    ...(cell.amounts && { share: share(cell.amounts) }),
  };

  function share({ get, put, take }: Amounts): Share {
    return {
      give: (view, at, source, other, from) =>
        source.share!.amounts(other, from, (number, amount) => {
          if (open(view, at, number)) put(view, slot(at, number), amount);
        }),
      take: (view, at, source, other, from) =>
        source.share!.amounts(other, from, (number, amount) => {
          const last = newest(view, at);
          if (number <= last && number >= last - tiles) take(view, slot(at, number), amount);
        }),
      amounts(view, at, visit) {
        const last = newest(view, at);
        if (last === NONE) return;
        for (let number = last; number >= last - tiles; number--) visit(number, get(view, slot(at, number)));
      },
    };
  }
}

/** `Ring.over` as an expression: `name` is that of a function of the library which takes these and `more`. */
export function writeOver(name: string, row: RowCode, at: number, { tile, tiles }: Omit<RingShape, 'cell'>, window: number, ...more: (number | string)[]): string {
  const last = row.moment(writeTile('now', tile));
  return row.once(`${name}(${[row.view, row.place(at), last, window, tiles, ...more].join(', ')})`);
}

/** As `Ring.over`, up to the tile of the number `last`. */
export function joinOver(view: DataView, at: number, last: number, window: number, tiles: number, { bytes, none, join: own }: TileCell, join: TileCell['join'] = own): number {
  const held = view.getInt32(at, true);
  const to = Math.min(held, last);
  let answer = none;
  for (let number = Math.max(last - window, held - tiles); number <= to; number++) {
    answer = join(answer, view, at + 4 + slotOf(number, tiles + 1) * bytes);
  }
  return answer;
}
