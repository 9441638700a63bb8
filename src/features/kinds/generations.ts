import { exp, pow2 } from '../../base/index.ts';
import type { Accumulator } from './accumulator.ts';
import { weightCell, type Width } from './tile-cells.ts';
import { ring, tileOf } from './tiles.ts';

/** What is older than this many half-lives counts no more: each would count less than 1/256. */
const GENERATIONS = 8;
const STEPS = 64;
/** 2^(i/64), in 64ths. */
const WEIGHTS = Uint16Array.from({ length: STEPS }, (_, i) => Math.round(STEPS * exp((i / STEPS) * Math.LN2)));

export interface Generations extends Accumulator {
  read(view: DataView, at: number, now: number): number;
}

/**
 * Events that each count 1 when they happen and half as much after every half-life. A generation is one half-life long; within
 * it an event weighs 2^(how far in), in whole 64ths, so that sums are exact in any order. Layout: a ring of generations.
 */
export function generations(halfLife: number, width: Width): Generations {
  const cell = weightCell(width);
  const weights = ring({ tile: halfLife, tiles: GENERATIONS, cell });
  const within = (time: number): number => time / halfLife - tileOf(time, halfLife);
  let [moment, weight] = [NaN, 0];
  /** What an event at the start of the generation of `now` weighs by then; asked for at one moment by many. */
  const weightAt = (now: number): number => {
    if (now !== moment) [moment, weight] = [now, exp(-within(now) * Math.LN2)];
    return weight;
  };
  const halve: typeof cell.join = (older, view, at) => older / 2 + cell.join(0, view, at);
  return {
    ...weights,
    add: (view, at, time, tie) => weights.add(view, at, time, tie, WEIGHTS[Math.floor(within(time) * STEPS)]!),
    read(view, at, now) {
      const behind = Math.max(0, tileOf(now, halfLife) - weights.newest(view, at));
      if (behind > GENERATIONS) return 0;
      const sum = weights.over(view, at, now, GENERATIONS, halve);
      return (sum * pow2(-behind) * weightAt(now)) / STEPS;
    },
  };
}
