import type { Layout } from './histogram.ts';
import type { Split } from './model.ts';

/**
 * The split that, applied to every node of a level at once, lowers the loss most: it maximises Σ G² / (H + l2) over the
 * children. Ties go to the first column, then the lowest bin. Undefined where no split beats leaving the level as it
 * is. `histograms` holds one a node.
 */
export function bestSplit(histograms: readonly Float64Array[], layout: Layout, l2: number): Split | undefined {
  const scores = new Float64Array(layout.starts.at(-1)!);
  let unsplit = 0;
  for (const histogram of histograms) unsplit += scoreNode(scores, histogram, layout, l2);
  let best: Split | undefined;
  let bestScore = unsplit;
  layout.columns.forEach((feature, c) => {
    const start = layout.starts[c]!;
    const end = layout.starts[c + 1]! - (layout.ordered[c] ? 1 : 0); // nothing lies above the last bin
    for (let at = start; at < end; at++) {
      if (scores[at]! > bestScore) {
        bestScore = scores[at]!;
        best = { feature, bin: at - start };
      }
    }
  });
  return best;
}

/** Adds to each candidate the score of the two children it makes of one node. Returns the score of the node unsplit. */
function scoreNode(scores: Float64Array, histogram: Float64Array, layout: Layout, l2: number): number {
  const { gradient, hessian } = totals(histogram, layout);
  const unsplit = score(gradient, hessian, l2);
  for (let c = 0; c < layout.columns.length; c++) {
    const ordered = layout.ordered[c]!;
    let g = 0;
    let h = 0;
    let both = unsplit;
    for (let at = layout.starts[c]!; at < layout.starts[c + 1]!; at++) {
      const binGradient = histogram[2 * at]!;
      const binHessian = histogram[2 * at + 1]!;
      if (binGradient !== 0 || binHessian !== 0) {
        g = ordered ? g + binGradient : binGradient;
        h = ordered ? h + binHessian : binHessian;
        both = score(g, h, l2) + score(gradient - g, hessian - h, l2);
      } else if (!ordered) both = unsplit; // an empty bin divides nothing; an ordered one divides as the one before it
      scores[at] = scores[at]! + both;
    }
  }
  return unsplit;
}

function totals(histogram: Float64Array, layout: Layout): { gradient: number; hessian: number } {
  let gradient = 0;
  let hessian = 0;
  for (let at = 0; at < layout.starts[1]!; at++) {
    gradient += histogram[2 * at]!;
    hessian += histogram[2 * at + 1]!;
  }
  return { gradient, hessian };
}

function score(gradient: number, hessian: number, l2: number): number {
  return hessian + l2 > 0 ? (gradient * gradient) / (hessian + l2) : 0;
}
