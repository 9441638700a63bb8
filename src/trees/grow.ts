import type { Gradients } from './gradient.ts';
import { addRows, subtract, type Layout } from './histogram.ts';
import type { Split } from './model.ts';
import type { Bins } from './prepare.ts';
import { bestSplit } from './splitting.ts';

/** What one tree is grown from. */
export interface Soil {
  bins: Bins;
  layout: Layout;
  gradients: Gradients;
  /** The rows that shape the tree. */
  rows: Uint32Array;
  depth: number;
  l2: number;
}

/** A node of the level being split: its rows and its histogram. */
interface Node {
  rows: Uint32Array;
  histogram: Float64Array;
}

/**
 * Grows the structure of one symmetric tree, level by level: the best common split, then each node's rows divided by
 * it. Only the smaller child is counted; the other is its parent less that. Fewer than `depth` splits where none helps
 * any more.
 */
export function growSplits(soil: Soil): Split[] {
  const { bins, layout, gradients, depth, l2 } = soil;
  const size = 2 * layout.starts.at(-1)!;
  const root = { rows: soil.rows, histogram: new Float64Array(size) };
  addRows(root.histogram, layout, bins, gradients, root.rows);
  let nodes: Node[] = [root];
  const splits: Split[] = [];
  while (splits.length < depth) {
    const split = bestSplit(
      nodes.map((node) => node.histogram),
      layout,
      l2,
    );
    if (split === undefined) break;
    splits.push(split);
    if (splits.length < depth) nodes = nodes.flatMap((node) => divide(node, split, soil));
  }
  return splits;
}

/** The children of a node that have rows. Takes over the node's histogram. */
function divide(node: Node, split: Split, { bins, layout, gradients }: Soil): Node[] {
  const { no, yes } = partition(node.rows, split, bins, layout);
  if (no.length === 0) return [{ rows: yes, histogram: node.histogram }];
  if (yes.length === 0) return [{ rows: no, histogram: node.histogram }];
  const [fewer, more] = no.length <= yes.length ? [no, yes] : [yes, no];
  const histogram = new Float64Array(node.histogram.length);
  addRows(histogram, layout, bins, gradients, fewer);
  subtract(node.histogram, histogram);
  return [
    { rows: fewer, histogram },
    { rows: more, histogram: node.histogram },
  ];
}

function partition(rows: Uint32Array, split: Split, bins: Bins, layout: Layout): { no: Uint32Array; yes: Uint32Array } {
  const ordered = isOrdered(layout, split.feature);
  const divided = new Uint32Array(rows.length);
  let front = 0;
  let back = rows.length;
  for (const row of rows) {
    if (passes(bins, row, split, ordered)) divided[--back] = row;
    else divided[front++] = row;
  }
  return { no: divided.subarray(0, front), yes: divided.subarray(front) };
}

function passes(bins: Bins, row: number, split: Split, ordered: boolean): boolean {
  const bin = bins.data[row * bins.width + split.feature]!;
  return ordered ? bin > split.bin : bin === split.bin;
}

function isOrdered(layout: Layout, feature: number): boolean {
  return layout.ordered[layout.columns.indexOf(feature)]!;
}

/** The leaf of every row of a quantised table: bit l is the outcome of split l. */
export function leavesOf(splits: readonly Split[], bins: Bins, ordered: readonly boolean[]): Uint8Array {
  const leaves = new Uint8Array(bins.rows);
  splits.forEach((split, level) => {
    const isAbove = ordered[split.feature]!;
    for (let row = 0; row < bins.rows; row++) if (passes(bins, row, split, isAbove)) leaves[row]! |= 1 << level;
  });
  return leaves;
}
