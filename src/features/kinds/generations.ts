import { exp, pow2 } from '../../base/index.ts';
import type { RowCode } from '../code/code.ts';
import type { Accumulator } from './accumulator.ts';
import { weightCell, type Width } from './tile-cells.ts';
import { ring, slotOf, tileOf, writeTile } from './tiles.ts';

/** What is older than this many half-lives counts no more: each would count less than 1/256. */
const GENERATIONS = 8;
const STEPS = 64;
/** 2^(i/64), in 64ths. */
export const WEIGHTS = Uint16Array.from({ length: STEPS }, (_, i) => Math.round(STEPS * exp((i / STEPS) * Math.LN2)));

export interface Generations extends Accumulator {
  read(view: DataView, at: number, now: number): number;
  /** `read` as an expression. */
  writeRead(row: RowCode, at: number): string;
}

/**
 * Events that each count 1 when they happen and half as much after every half-life. A generation is one half-life long; within
 * it an event weighs 2^(how far in), in whole 64ths, so that sums are exact in any order. Layout: a ring of generations.
 */
export function generations(halfLife: number, width: Width): Generations {
  const cell = weightCell(width);
  const weights = ring({ tile: halfLife, tiles: GENERATIONS, cell });
  const within = (time: number): number => time / halfLife - tileOf(time, halfLife);
  const halve: typeof cell.join = (older, view, at) => older / 2 + cell.join(0, view, at);
  return {
    ...weights,
    add: (view, at, time, tie) => weights.add(view, at, time, tie, WEIGHTS[Math.floor(within(time) * STEPS)]!),
    write(code, adding) {
      const { time } = adding;
      const number = code.once(writeTile(time, halfLife));
      const value = code.once(`WEIGHTS[Math.floor((${time} / ${halfLife} - ${number}) * ${STEPS})]`);
      return weights.write(code, { ...adding, value });
    },
    read(view, at, now) {
      const behind = Math.max(0, tileOf(now, halfLife) - weights.newest(view, at));
      if (behind > GENERATIONS) return 0;
      const sum = weights.over(view, at, now, GENERATIONS, halve);
      return (sum * pow2(-behind) * weightOf(within(now))) / STEPS;
    },
    writeRead(row, at) {
      const last = row.moment(writeTile('now', halfLife));
      const sum = row.once(`halvedOver(${row.view}, ${row.place(at)}, ${last}, ${width})`);
      return `(${sum} === 0 ? 0 : ${sum} * ${row.late(`weightOf(now / ${halfLife} - ${last})`)} / ${STEPS})`;
    },
  };
}

/** What an event at the start of a generation weighs so far into it. */
export const weightOf = (within: number): number => exp(-within * Math.LN2);

const HALVES = Float64Array.from({ length: GENERATIONS + 1 }, (_, behind) => pow2(-behind));

/** The generations up to that of `last`, each worth half of the next newer one, as of the start of that one. */
export function halvedOver(view: DataView, at: number, last: number, width: Width): number {
  const newest = view.getInt32(at, true);
  const behind = Math.max(0, last - newest);
  if (behind > GENERATIONS) return 0;
  const from = Math.max(newest, last) - GENERATIONS;
  let sum = 0;
  let slot = slotOf(from, GENERATIONS + 1);
  for (let left = Math.min(newest, last) - from; left >= 0; left--) {
    const place = at + 4 + slot * width;
    sum = sum / 2 + (width === 2 ? view.getUint16(place, true) : view.getUint32(place, true));
    slot = slot === GENERATIONS ? 0 : slot + 1;
  }
  return sum * HALVES[behind]!;
}
