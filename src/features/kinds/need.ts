import type { CountRing, RowCode } from '../code/code.ts';
import type { Condition } from '../spec.ts';
import type { Accumulator } from './accumulator.ts';
import { bitmapCell } from './bitmap-cell.ts';
import { maxCell, minCell } from './extreme-cells.ts';
import { generations, type Generations } from './generations.ts';
import { heldFlag } from './flag.ts';
import { cellOf, held, type CellName } from './held.ts';
import { moment } from './moment.ts';
import { recent } from './recent.ts';
import { countCell, largeSumCell, smallSumCell, writeGet, type TileCell, type Width } from './tile-cells.ts';
import { ring, type Ring } from './tiles.ts';
import { total, type Total } from './total.ts';

/** What is kept of the values of an input. */
export type Shape =
  | { keep: 'latest' | 'first'; cell: CellName }
  | { keep: 'latest-flag' | 'first-flag' }
  | { keep: 'newest' | 'oldest' }
  | { keep: 'generations'; halfLife: number; width: Width }
  | { keep: 'recent'; length: number }
  | { keep: 'total'; width: Width }
  | Tiles;

export type Tiles =
  | { keep: 'tiles'; tile: number; tiles: number; cell: 'count'; width: Width }
  | { keep: 'tiles'; tile: number; tiles: number; cell: 'sum' | 'large-sum' | 'max' | 'min' }
  | { keep: 'tiles'; tile: number; tiles: number; cell: 'bitmap'; closed: readonly number[] | null };

/** Which events count and what of them. */
export interface Input {
  readonly event: readonly string[];
  /** Without one, every event has the value 1. */
  readonly field?: string;
  readonly where?: Condition;
  /** `type`: the value is the code of the event's type. `day`: a row of a daily file, as of its day; a restatement comes after. */
  readonly as?: 'type' | 'day';
}

/** Something that a feature needs kept. Equal inputs with shapes of one kind share their bytes. */
export interface Need {
  readonly input: Input;
  readonly shape: Shape;
}

/** Where a need is met: a region that may be longer than was asked for. */
export interface Place {
  readonly at: number;
  readonly shape: Shape;
}

/** The accumulator of a shape. */
export function accumulatorOf(shape: Shape): Accumulator {
  switch (shape.keep) {
    case 'latest':
    case 'first':
      return held(shape.keep, cellOf(shape.cell));
    case 'latest-flag':
    case 'first-flag':
      return heldFlag(shape.keep === 'latest-flag' ? 'latest' : 'first');
    case 'newest':
    case 'oldest':
      return moment(shape.keep);
    case 'generations':
      return generations(shape.halfLife, shape.width);
    case 'recent':
      return recent(shape.length);
    case 'total':
      return total(shape.width);
    case 'tiles':
      return ring({ ...shape, cell: tileCellOf(shape) });
  }
}

function tileCellOf(shape: Tiles): TileCell {
  switch (shape.cell) {
    case 'count':
      return countCell(shape.width);
    case 'sum':
      return smallSumCell;
    case 'large-sum':
      return largeSumCell;
    case 'max':
      return maxCell;
    case 'min':
      return minCell;
    case 'bitmap':
      return bitmapCell(shape.closed);
  }
}

/** The ring of a place that holds counts, as `RowCode.over` takes it. */
export function countsAt({ at, shape }: Place): CountRing {
  if (shape.keep !== 'tiles' || (shape.cell !== 'count' && shape.cell !== 'sum')) throw new Error('no ring of counts');
  return { at, tile: shape.tile, tiles: shape.tiles, size: shape.cell === 'count' ? shape.width : 4 };
}

/** How many whole tiles the longest window over the ring of a place has. */
export function tilesOf({ shape }: Place): number {
  if (shape.keep !== 'tiles') throw new Error('no ring');
  return shape.tiles;
}

/** The expression of what a total has come to. */
export function writeTotal({ at, shape }: Place, row: RowCode): string {
  if (shape.keep !== 'total') throw new Error('no total');
  return row.once(writeGet(shape.width, row.view, row.place(at)));
}

/** For the readers of kinds, which know what they asked for. */
export const ringOf = ({ shape }: Place): Ring => accumulatorOf(shape) as Ring;
export const generationsOf = ({ shape }: Place): Generations => accumulatorOf(shape) as Generations;
export const totalOf = ({ shape }: Place): Total => accumulatorOf(shape) as Total;
