import type { Field, NodeHistogram } from './field.ts';
import type { Layout } from './histogram.ts';
import type { Split } from './model.ts';

/** What one tree is grown from, on rows that the field was planted with. */
export interface Soil {
  field: Field;
  layout: Layout;
  depth: number;
  l2: number;
}

/**
 * Grows the structure of one symmetric tree, level by level: the best common split, then each node's rows divided by
 * it. Only the smaller child is counted; the other is its parent less that. Fewer than `depth` splits where none helps
 * any more.
 */
export function growSplits({ field, layout, depth, l2 }: Soil): Split[] {
  let nodes: NodeHistogram[] = field.root(layout);
  const splits: Split[] = [];
  while (splits.length < depth) {
    const split = field.bestSplit(nodes, layout, l2);
    if (split === undefined) break;
    splits.push(split);
    if (splits.length < depth) nodes = field.divide(nodes, split, layout);
  }
  return splits;
}
