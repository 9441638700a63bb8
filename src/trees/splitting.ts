import type { Layout } from './histogram.ts';
import type { createArena } from './kernels/arena.ts';
import type { GrowKernel } from './kernels/grow.ts';
import type { Split } from './model.ts';

/** Finds splits over histograms that lie in one kernel's memory. */
export interface Splitter {
  /**
   * The split that, applied to every node of a level at once, lowers the loss most: it maximises Σ G² / (H + l2) over
   * the children. Ties go to the first column, then the lowest bin. Undefined where no split beats leaving the level
   * as it is. `histograms` holds one address a node; `l2` is in the unit of their hessians.
   */
  best(histograms: readonly number[], layout: Layout, l2: number): Split | undefined;
}

/** A splitter for histograms of at most `pairs` pairs. */
export function createSplitter(kernel: GrowKernel, arena: ReturnType<typeof createArena>, pairs: number): Splitter {
  const scoreOf = arena.alloc(pairs * 8);
  const totalOf = arena.alloc(16);
  return {
    best(histograms, layout, l2) {
      const { columns, starts, ordered, signs } = layout;
      const scores = arena.numbers(scoreOf, starts.at(-1)!).fill(0);
      const total = arena.numbers(totalOf, 2);
      let unsplit = 0;
      for (const histogram of histograms) {
        kernel.totalPairs(histogram, starts[1]!, totalOf);
        const [g, h] = total as unknown as [number, number];
        const alone = h + l2 > 0 ? (g * g) / (h + l2) : 0;
        unsplit += alone;
        for (let c = 0; c < columns.length; c++) {
          const start = starts[c]!;
          const bins = starts[c + 1]! - start;
          kernel.scoreColumn(
            histogram + 16 * start,
            bins,
            scoreOf + 8 * start,
            g,
            h,
            l2,
            alone,
            Number(ordered[c]),
            signs[c]!,
          );
        }
      }
      return highest(scores, layout, unsplit);
    },
  };
}

function highest(scores: Float64Array, { columns, starts, ordered }: Layout, unsplit: number): Split | undefined {
  let best: Split | undefined;
  let bestScore = unsplit;
  columns.forEach((feature, c) => {
    const start = starts[c]!;
    const end = starts[c + 1]! - (ordered[c] ? 1 : 0); // nothing lies above the last bin
    for (let at = start; at < end; at++) {
      if (scores[at]! > bestScore) {
        bestScore = scores[at]!;
        best = { feature, bin: at - start };
      }
    }
  });
  return best;
}
