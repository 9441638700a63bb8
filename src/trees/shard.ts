import type { Encoded } from './bins.ts';
import type { Layout } from './histogram.ts';
import { createArena } from './kernels/arena.ts';
import { createGrowKernel, type GrowKernel } from './kernels/grow.ts';
import type { Split } from './model.ts';

/** Rows gathered at a time: their bins and what they add up to stay in the second-level cache. */
const TILE = 2048;
/** Tiles whose packed sums keep their halves apart: see `pack`. */
const TILES_A_SUM = 5;
/** What the leaf index, read and written sixteen rows at a time, may touch beyond the last row. */
const SLACK = 16;
const PAIR = 16;
const COLUMN_SUMS = 2048;

/** The scales that turned derivatives into whole numbers, both powers of two. */
export interface Scales {
  gradient: number;
  hessian: number;
}

/** How rows are drawn: with the probability √(g² + ridge · h²) / threshold, in the whole numbers of their pairs. */
export interface Draw {
  seed: number;
  ridge: number;
  threshold: number;
  /** What the drawn pairs are scaled by besides: a power of two. */
  scale: number;
}

/** Sums over the rows of each leaf, in whole numbers: gradient, hessian, weight and a fourth that is not used. */
export type LeafSums = BigInt64Array;

/** A node of the level that is grown: its place in the tree, bit l being the outcome of split l. */
export type NodeId = number;

/**
 * A stretch of training rows in a WebAssembly memory of its own: bins by row (for histograms) and by column (for
 * splits), derivatives, raw scores. It does what is done to rows; sums are whole numbers, so that it does not matter how
 * rows are cut into shards.
 */
export interface Shard {
  readonly rows: number;
  /** Bins a column of numbers; NaN stands for `missing`. */
  binNumbers(f: number, values: Encoded, borders: readonly number[], missing: number): void;
  /** Takes a column of bins as they are. */
  takeBins(f: number, bins: ArrayLike<number>): void;
  /** To be called when all columns are there. `weights` are whole numbers, `pairs` is the size of a histogram. */
  settle(weights: Int32Array, bias: number, pairs: number): void;
  raw(): Float64Array;
  setGradients(gradient: Float64Array, hessian: Float64Array, scales: Scales): void;
  /** Keeps the labels of a log-loss, 0 to 1, in the place of earlier ones; `deriveLogLoss` then computes their derivatives. */
  setLabels(labels: Float64Array): void;
  deriveLogLoss(): void;
  /** The sum of the rows' log-losses by their weights, which are whole numbers. */
  sumLogLoss(): number;
  /** Rows by importance: see `countImportance`. */
  importance(ridge: number): Uint32Array;
  /** Begins a tree on all rows or on these. */
  plant(rows?: Uint32Array): void;
  /** Begins a tree on rows drawn by importance: see `drawRows`. */
  plantDrawn(first: number, draw: Draw): void;
  /** Writes the histograms of the nodes' rows one after another. */
  countInto(nodes: readonly NodeId[], layout: Layout, out: Uint8Array): void;
  /** Divides every node by the split. Returns the row count of every node of the next level. */
  divide(split: Split, ordered: boolean): Uint32Array;
  /** Finds the leaf of every row and adds up what is in each. */
  sumLeaves(splits: readonly Split[], ordered: readonly boolean[]): LeafSums;
  addLeaves(values: readonly number[]): void;
}

/** A shard, and what the one that is at home with the splits needs besides. */
export interface HomeShard extends Shard {
  readonly kernel: GrowKernel;
  readonly arena: ReturnType<typeof createArena>;
  /** The address of the histogram of a node's rows, one a slot; a slot is overwritten by the next count into it. */
  count(node: NodeId, layout: Layout, slot: number): number;
}

/** Room for so many rows and columns. Throws a Fault where that exceeds 4 GB. */
export function createShard(rows: number, columns: number): HomeShard {
  const kernel = createGrowKernel();
  const arena = createArena(kernel.memory);
  const width = Math.ceil(columns / 16) * 16;
  const pitch = rows + SLACK;
  const byColumn = arena.alloc(columns * pitch);
  const byRow = arena.alloc(rows * width);
  const pairs = arena.alloc(rows * 8);
  const weightOf = arena.alloc(rows * 4);
  const rawOf = arena.alloc(rows * 8);
  const leafOf = arena.alloc(pitch);
  const borderOf = arena.alloc(255 * 8);
  const [tile, packed] = [arena.alloc(TILE * width), arena.alloc(TILE * 8)];
  const sums = arena.alloc(columns * COLUMN_SUMS);
  const leafSums = arena.alloc(256 * 32);
  const leafValues = arena.alloc(256 * 8);
  const scratch = arena.alloc(TILE * 16); // derivatives and values on their way in
  let members = arena.alloc(rows * 4);
  let divided = arena.alloc(rows * 4);
  let segments: Segment[] = [];
  let level = 0;
  /** The rows of a sampled tree, laid side by side: addresses, and how many there is room for. */
  const sample = { ids: 0, pairs: 0, column: 0, room: 0, table: 0, tableRoom: 0 };
  let isSampled = false;
  let importanceOf = 0;
  let labelOf = 0;
  let histogramSize = 0;
  const slots: number[] = [];

  /** Hands the rows over in tiles. */
  const eachTile = (act: (from: number, count: number) => void): void => {
    for (let from = 0; from < rows; from += TILE) act(from, Math.min(TILE, rows - from));
  };

  const countColumns = ({ columns: chosen }: Layout, table: number, held: number): void => {
    for (let c = 0; c < chosen.length; ) {
      const column = chosen[c]!;
      const out = sums + c * COLUMN_SUMS;
      if (chosen[c + 7] === column + 7) {
        kernel.countEight(out, table + column, width, packed, held);
        c += 8;
      } else if (c + 3 < chosen.length) {
        kernel.countFour(out, table, width, packed, held, column, chosen[c + 1]!, chosen[c + 2]!, chosen[c + 3]!);
        c += 4;
      } else {
        kernel.countOne(out, table + column, width, packed, held);
        c += 1;
      }
    }
  };
  const unpack = ({ columns: chosen, starts }: Layout, histogram: number): void => {
    for (let c = 0; c < chosen.length; c++) {
      kernel.unpack(sums + c * COLUMN_SUMS, histogram + PAIR * starts[c]!, starts[c + 1]! - starts[c]!);
    }
  };

  const countNode = (node: NodeId, layout: Layout, slot: number): number => {
    while (slots.length <= slot) slots.push(arena.alloc(histogramSize));
    const histogram = slots[slot]!;
    arena.bytes(histogram, layout.starts.at(-1)! * PAIR).fill(0);
    const { start, count: held } = segments[node]!;
    for (let from = 0, tiles = 1; from < held; from += TILE, tiles++) {
      const taken = Math.min(TILE, held - from);
      const ids = members + 4 * (start + from);
      kernel.pack(isSampled ? sample.pairs : pairs, ids, taken, packed);
      const table = isSampled ? sample.table : byRow;
      if (level === 0) countColumns(layout, table + width * from, taken); // all rows, in order
      else {
        kernel.gatherRows(table, width, ids, taken, tile);
        countColumns(layout, tile, taken);
      }
      if (tiles % TILES_A_SUM === 0 || from + TILE >= held) unpack(layout, histogram);
    }
    return histogram;
  };

  /** Makes room for the ids and pairs of a sample. */
  const reserve = (held: number): void => {
    if (sample.room >= held) return;
    sample.ids = arena.alloc(4 * held + 4);
    sample.pairs = arena.alloc(8 * held + 8);
    sample.column = arena.alloc(held);
    sample.room = held;
  };
  /** Begins a tree on all rows or on a sample, whose rows are laid side by side once for all levels. */
  const begin = (drawn: number | undefined): void => {
    isSampled = drawn !== undefined;
    const held = drawn ?? rows;
    if (isSampled) {
      if (sample.tableRoom < held) {
        sample.tableRoom = Math.min(rows, Math.ceil(held * 1.1));
        sample.table = arena.alloc(sample.tableRoom * width);
      }
      kernel.gatherRows(byRow, width, sample.ids, held, sample.table);
    }
    const ids = arena.words(members, held);
    for (let i = 0; i < held; i++) ids[i] = i;
    segments = [{ start: 0, count: held }];
    level = 0;
  };

  return {
    rows,
    kernel,
    arena,
    binNumbers(f, values, borders, missing) {
      const padded = arena.numbers(borderOf, 255).fill(Infinity);
      padded.set(borders);
      const staged = arena.numbers(scratch, TILE);
      eachTile((from, count) => {
        staged.set(values.subarray(from, from + count));
        kernel.binColumn(scratch, count, borderOf, missing, byColumn + f * pitch + from);
      });
    },
    takeBins(f, bins) {
      const column = arena.bytes(byColumn + f * pitch, rows);
      for (let row = 0; row < rows; row++) column[row] = bins[row]!;
    },
    settle(weights, bias, pairCount) {
      histogramSize = pairCount * PAIR;
      eachTile((from, count) => kernel.layRows(byColumn, pitch, columns, from, from + count, byRow, width));
      new Int32Array(kernel.memory.buffer, weightOf, rows).set(weights);
      arena.numbers(rawOf, rows).fill(bias);
    },
    raw: () => arena.numbers(rawOf, rows),
    setGradients(gradient, hessian, scales) {
      const staged = arena.numbers(scratch, 2 * TILE);
      eachTile((from, count) => {
        staged.set(gradient.subarray(from, from + count));
        staged.set(hessian.subarray(from, from + count), TILE);
        kernel.roundPairs(scratch, scratch + 8 * TILE, count, scales.gradient, scales.hessian, pairs + 8 * from);
      });
    },
    setLabels(labels) {
      labelOf ||= arena.alloc(rows * 8);
      arena.numbers(labelOf, rows).set(labels);
    },
    deriveLogLoss: () => kernel.logLossPairs(rawOf, labelOf, weightOf, rows, pairs),
    sumLogLoss: () => kernel.logLossSum(rawOf, labelOf, weightOf, rows),
    importance(ridge) {
      importanceOf ||= arena.alloc(4 * 65_536);
      const counts = arena.words(importanceOf, 65_536).fill(0);
      kernel.countImportance(pairs, rows, ridge, importanceOf);
      return counts;
    },
    plant(chosen) {
      if (chosen) {
        reserve(chosen.length);
        arena.words(sample.ids, chosen.length).set(chosen);
        gatherPairs(arena.words(pairs, 2 * rows), chosen, arena.words(sample.pairs, 2 * chosen.length));
      }
      begin(chosen?.length);
    },
    plantDrawn(first, { seed, ridge, threshold, scale }) {
      reserve(rows);
      begin(kernel.drawRows(pairs, rows, first, seed, ridge, threshold, scale, sample.ids, sample.pairs));
    },
    count: countNode,
    countInto(nodes, layout, out) {
      const size = layout.starts.at(-1)! * PAIR;
      nodes.forEach((node, i) => out.set(arena.bytes(countNode(node, layout, 0), size), i * size));
    },
    divide({ feature, bin }, ordered) {
      let column = byColumn + feature * pitch;
      if (isSampled) {
        kernel.gatherBytes(column, sample.ids, segments.reduce((sum, { count }) => sum + count, 0), sample.column);
        column = sample.column;
      }
      const next: Segment[] = [];
      segments.forEach(({ start, count }, node) => {
        const no = kernel.divide(members + 4 * start, count, column, bin, Number(ordered), divided + 4 * start);
        next[node] = { start, count: no };
        next[node | (1 << level)] = { start: start + no, count: count - no };
      });
      [members, divided] = [divided, members];
      segments = next;
      level++;
      return Uint32Array.from(segments, ({ count }) => count);
    },
    sumLeaves(splits, ordered) {
      arena.bytes(leafOf, pitch).fill(0);
      splits.forEach(({ feature, bin }, depth) => {
        kernel.descend(byColumn + feature * pitch, rows, bin, Number(ordered[feature]), depth, leafOf);
      });
      const found = arena.integers(leafSums, 4 << splits.length).fill(0n);
      kernel.sumLeaves(pairs, weightOf, rows, leafOf, leafSums);
      return found.slice();
    },
    addLeaves(values) {
      arena.numbers(leafValues, values.length).set(values);
      kernel.addLeaves(rawOf, rows, leafOf, leafValues);
    },
  };
}

interface Segment {
  start: number;
  count: number;
}

function gatherPairs(pairs: Uint32Array, rows: Uint32Array, out: Uint32Array): void {
  for (let i = 0; i < rows.length; i++) {
    out[2 * i] = pairs[2 * rows[i]!]!;
    out[2 * i + 1] = pairs[2 * rows[i]! + 1]!;
  }
}
