import type { Code, CountRing } from './code.ts';
import { writeGet } from '../kinds/tile-cells.ts';
import { writeTile } from '../kinds/tiles.ts';

/** The sums over rings of counts that a function needs of one row: one pass over a ring, from its newest tile on, for all windows. */
export interface WindowSums {
  /** The name of a sum. */
  over(ring: CountRing, window: number): string;
  lines(): string[];
}

interface Pass {
  readonly ring: CountRing;
  readonly windows: Set<number>;
}

/** `view` and `place` as of `RowCode`; `moments` is where the tile of now is named. */
export function windowSums(prefix: string, { view, place, moments }: { view: string; place(at: number): string; moments: Code }): WindowSums {
  const passes = new Map<number, Pass>();
  const nameOf = ({ at }: CountRing, window: number): string => `${prefix}${at}_${window}`;

  const linesOf = ({ ring, windows }: Pass): string => {
    const { at, tile, tiles, size } = ring;
    const lengths = [...windows].toSorted((a, b) => a - b);
    const last = moments.once(writeTile('now', tile));
    const parts = lengths.map((window) => `
        for (const end = Math.max(${last} - ${window}, newest - ${tiles}); number >= end; number--) {
          sum += ${writeGet(size, view, `${place(at + 4)} + slot * ${size}`)};
          slot = slot === 0 ? ${tiles} : slot - 1;
        }
        ${nameOf(ring, window)} = sum;`);
    return `let ${lengths.map((window) => `${nameOf(ring, window)} = 0`).join(', ')};
      { const newest = ${view}.getInt32(${place(at)}, true);
      if (newest >= ${last} - ${lengths.at(-1)}) {
        let sum = 0, number = Math.min(newest, ${last}), slot = slotOf(number, ${tiles + 1});${parts.join('')}
      } }`;
  };

  return {
    over(ring, window) {
      const pass = passes.get(ring.at) ?? { ring, windows: new Set() };
      passes.set(ring.at, pass);
      pass.windows.add(window);
      moments.once(writeTile('now', ring.tile));
      return nameOf(ring, window);
    },
    lines: () => [...passes.values()].map(linesOf),
  };
}
