import type { Model, Split } from './model.ts';

/**
 * A model as the kernels read it. A slot is a value of the row with up to 255 ascending thresholds, which only the
 * borders that trees use become; its bin is the number of thresholds below its value. A one-hot feature has one slot a
 * level that is asked for, of value 1 or 0, and a feature of more borders has several.
 */
export interface FlatModel {
  slots: Slot[];
  /** Sixteen slots make a block. */
  blocks: number;
  /** Sixteen trees make a group; trees whose leaves are 0 fill the last one up. */
  groups: number;
  /** Of the deepest tree; in the others, questions that nothing passes fill up. */
  depth: number;
  /** For each quad of slots, the thresholds of its longest; then the thresholds, side by side. */
  quadLengths: Int32Array;
  quadThresholds: Float32Array;
  /** Slot by slot: thresholds, and where each slot's begin. */
  thresholds: Float32Array;
  firstThreshold: Int32Array;
  /** A group and level after the other, levels from the last to the first: 16 slots, 16 bounds. */
  groupQuestions: Uint8Array;
  /** A tree and level after the other, levels from the last to the first: slot, bound. */
  treeQuestions: Int32Array;
  /** 2^depth a tree. */
  leaves: Float64Array;
}

export interface Slot {
  input: number;
  thresholds: number[];
  /** The code that gives 1, for a one-hot feature. */
  code: number | null;
}

const MOST_THRESHOLDS = 255;
const NEVER = 127; // the bound of bin 255, which no bin exceeds
const BIN_ZERO = -128;
/** More slots than a byte counts are not looked up by swizzle. */
export const SWIZZLED_BLOCKS = 16;

export function flatten(model: Model): FlatModel {
  const { slots, place } = layOutSlots(model);
  const blocks = Math.max(1, Math.ceil(slots.length / 16));
  const groups = Math.ceil(model.trees.length / 16);
  const depth = model.trees.reduce((deepest, tree) => Math.max(deepest, tree.splits.length), 0);
  const leaves = new Float64Array((groups * 16) << depth);
  const treeQuestions = new Int32Array(groups * 16 * depth * 2);
  const groupQuestions = new Uint8Array(groups * depth * 32);
  for (let t = 0; t < groups * 16; t++) {
    const tree = model.trees[t];
    if (tree !== undefined) leaves.set(tree.leaves, t << depth);
    for (let level = 0; level < depth; level++) {
      const split = tree?.splits[level];
      const { slot, bound } = split === undefined ? { slot: 0, bound: NEVER } : place(split);
      const step = depth - 1 - level;
      treeQuestions.set([slot, bound], (t * depth + step) * 2);
      const at = ((t >> 4) * depth + step) * 32 + (t & 15);
      groupQuestions[at] = slot;
      groupQuestions[at + 16] = bound;
    }
  }
  return { slots, blocks, groups, depth, leaves, treeQuestions, groupQuestions, ...layOutThresholds(slots, blocks) };
}

/** Slots, the longest first so that those of a quad are alike, and where a split's question went. */
function layOutSlots({ features, trees }: Model): {
  slots: Slot[];
  place: (split: Split) => { slot: number; bound: number };
} {
  const used = features.map(() => new Set<number>());
  for (const tree of trees) for (const { feature, bin } of tree.splits) used[feature]!.add(bin);
  const placed = new Map<number, { slot: Slot; bound: number }>();
  const key = (feature: number, bin: number): number => feature * 2 ** 32 + bin;
  const slots: Slot[] = [];
  features.forEach((feature, input) => {
    let slot: Slot | undefined;
    for (const bin of [...used[input]!].toSorted((a, b) => a - b)) {
      const isOneHot = feature.kind === 'one-hot';
      if (slot === undefined || isOneHot || slot.thresholds.length === MOST_THRESHOLDS) {
        slot = { input, thresholds: [], code: isOneHot ? bin : null };
        slots.push(slot);
      }
      placed.set(key(input, bin), { slot, bound: BIN_ZERO + slot.thresholds.length });
      slot.thresholds.push(isOneHot ? 0.5 : feature.borders[bin]!);
    }
  });
  slots.sort((a, b) => b.thresholds.length - a.thresholds.length);
  const index = new Map(slots.map((slot, s) => [slot, s]));
  const place = ({ feature, bin }: Split): { slot: number; bound: number } => {
    const { slot, bound } = placed.get(key(feature, bin))!;
    return { slot: index.get(slot)!, bound };
  };
  return { slots, place };
}

function layOutThresholds(
  slots: readonly Slot[],
  blocks: number,
): Pick<FlatModel, 'quadLengths' | 'quadThresholds' | 'thresholds' | 'firstThreshold'> {
  const quads = Array.from({ length: blocks * 4 }, (_, q) => slots.slice(4 * q, 4 * q + 4));
  const quadLengths = Int32Array.from(quads, ([longest]) => longest?.thresholds.length ?? 0);
  const quadThresholds = quads.flatMap((quad, q) =>
    Array.from({ length: 4 * quadLengths[q]! }, (_, i) => quad[i & 3]?.thresholds[i >> 2] ?? Infinity),
  );
  const firstThreshold = new Int32Array(slots.length + 1);
  slots.forEach(({ thresholds }, s) => (firstThreshold[s + 1] = firstThreshold[s]! + thresholds.length));
  return {
    quadLengths,
    quadThresholds: Float32Array.from(quadThresholds),
    thresholds: Float32Array.from(slots.flatMap((slot) => slot.thresholds)),
    firstThreshold,
  };
}
