import { binCode, type Encoded } from './bins.ts';
import { powerOfTwoAbove, type Gradients } from './gradient.ts';
import type { Layout } from './histogram.ts';
import type { Loss } from './loss.ts';
import type { ModelFeature, Split } from './model.ts';
import { createShard, type HomeShard, type NodeId, type Scales, type Shard } from './shard.ts';
import { createSplitter } from './splitting.ts';

/** Rows a shard holds at most, by the bytes that a row takes: below WebAssembly's 4 GB, with room for histograms. */
const SHARD_BYTES = 2 ** 31;
/** The bits of a derivative that a histogram keeps: see `pack` in kernels/grow.as. */
const KEPT = 2 ** -13;
const UNIT = 2 ** 30;

/** A node of the level that is grown, and the address of its histogram. */
export interface NodeHistogram {
  id: NodeId;
  slot: number;
  address: number;
}

/** What the rows of each leaf add up to. */
export interface LeafTotals {
  gradient: Float64Array;
  hessian: Float64Array;
  covers: Float64Array;
}

/**
 * All training rows, cut into shards. Every sum over rows is a sum of whole numbers, so that neither the cut nor the
 * order of addition shows in a model.
 */
export interface Field {
  readonly rows: number;
  /** Bins one column: numbers as they came (NaN is missing), target rates, or codes. */
  fill(f: number, feature: ModelFeature, encoded: Encoded): void;
  /** To be called when all columns are there; `pairs` is the size of the greatest histogram. */
  settle(weights: Float64Array, loss: Loss, pairs: number): void;
  /** The raw scores of all rows: a copy where there are several shards. */
  raw(): Float64Array;
  /** Computes every row's derivatives. */
  derive(): void;
  /** Begins a tree on all rows or on these, ascending. */
  plant(rows?: Uint32Array): void;
  root(layout: Layout): NodeHistogram[];
  /** See `Splitter`; `l2` in the unit of the loss. */
  bestSplit(nodes: readonly NodeHistogram[], layout: Layout, l2: number): Split | undefined;
  /** The children that have rows, with their histograms. Takes the parents' over. */
  divide(nodes: readonly NodeHistogram[], split: Split, layout: Layout): NodeHistogram[];
  /** Finds the leaf of every row, of all rows, and adds them up. */
  totals(splits: readonly Split[], ordered: readonly boolean[]): LeafTotals;
  /** Adds the values to the raw scores of the leaves found last. */
  add(values: readonly number[]): void;
}

export interface FieldOptions {
  /** Rows a shard; by default as many as fit. */
  shardRows?: number;
}

/** Room for a table of this shape. */
export function createField(rows: number, columns: number, { shardRows }: FieldOptions = {}): Field {
  const most = shardRows ?? Math.floor(SHARD_BYTES / (2 * columns + 64));
  const count = Math.max(1, Math.ceil(rows / most));
  const cuts = Array.from({ length: count + 1 }, (_, i) => Math.floor((rows * i) / count));
  const shards = cuts.slice(1).map((end, i) => createShard(end - cuts[i]!, columns));
  const home = shards[0]!;
  let loss: Loss;
  let gradients: Gradients;
  let scales: Scales = { gradient: 1, hessian: 1 };
  let weightScale = 1;
  let splitter: ReturnType<typeof createSplitter>;
  let staging = 0;
  let freeSlots = 0;

  const each = (act: (shard: HomeShard, from: number, to: number) => void): void => {
    shards.forEach((shard, i) => act(shard, cuts[i]!, cuts[i + 1]!));
  };
  /** The histogram of a node over all shards, in the first one's memory. */
  const countAll = (node: NodeId, layout: Layout, slot: number): number => {
    const address = home.count(node, layout, slot);
    const pairs = layout.starts.at(-1)!;
    for (const shard of shards.slice(1)) {
      const there = shard.count(node, layout, 0);
      home.arena.bytes(staging, 16 * pairs).set(shard.arena.bytes(there, 16 * pairs));
      home.kernel.addPairs(address, staging, pairs);
    }
    return address;
  };

  return {
    rows,
    fill(f, feature, encoded) {
      each((shard, from, to) => fillShard(shard, f, feature, encoded.subarray(from, to)));
    },
    settle(weights, given, pairs) {
      loss = given;
      const bias = loss.start();
      const { logistic } = loss;
      weightScale = UNIT / powerOfTwoAbove(weights);
      const whole = Int32Array.from(weights, (weight) => Math.round(weight * weightScale));
      each((shard, from, to) => shard.settle(whole.subarray(from, to), bias, pairs));
      if (logistic) each((shard, from, to) => shard.setLabels(logistic.subarray(from, to)));
      else gradients = { gradient: new Float64Array(rows), hessian: new Float64Array(rows) };
      splitter = createSplitter(home.kernel, home.arena, pairs);
      if (shards.length > 1) staging = home.arena.alloc(16 * pairs);
    },
    raw() {
      if (shards.length === 1) return home.raw();
      const all = new Float64Array(rows);
      each((shard, from) => all.set(shard.raw(), from));
      return all;
    },
    derive() {
      if (loss.logistic) {
        each((shard) => shard.deriveLogLoss());
        scales = { gradient: weightScale, hessian: 4 * weightScale };
        return;
      }
      loss.update(gradients, this.raw());
      const { gradient, hessian } = gradients;
      scales = { gradient: UNIT / powerOfTwoAbove(gradient), hessian: UNIT / powerOfTwoAbove(hessian) };
      each((shard, from, to) => {
        shard.setGradients(gradient.subarray(from, to), hessian.subarray(from, to), scales);
      });
    },
    plant(chosen) {
      each((shard, from, to) => shard.plant(chosen && within(chosen, from, to)));
      freeSlots = 0;
    },
    root: (layout) => [{ id: 0, slot: 0, address: countAll(0, layout, freeSlots++) }],
    bestSplit: (nodes, layout, l2) =>
      splitter.best(
        nodes.map(({ address }) => address),
        layout,
        l2 * scales.hessian * KEPT,
      ),
    divide(nodes, split, layout) {
      const ordered = layout.ordered[layout.columns.indexOf(split.feature)]!;
      const counts = shards.map((shard) => shard.divide(split, ordered)).reduce(sum);
      const bit = counts.length / 2;
      const pairs = layout.starts.at(-1)!;
      return nodes.flatMap(({ id, slot, address }) => {
        const [no, yes] = [id, id | bit];
        if (counts[yes] === 0) return [{ id: no, slot, address }];
        if (counts[no] === 0) return [{ id: yes, slot, address }];
        const [fewer, more] = counts[no]! <= counts[yes]! ? [no, yes] : [yes, no];
        const counted = { id: fewer, slot: freeSlots, address: countAll(fewer, layout, freeSlots++) };
        home.kernel.subtractPairs(address, counted.address, pairs);
        return [counted, { id: more, slot, address }];
      });
    },
    totals(splits, ordered) {
      const sums = shards.map((shard) => shard.sumLeaves(splits, ordered)).reduce(sum);
      const column = (at: number, scale: number): Float64Array =>
        Float64Array.from({ length: sums.length / 4 }, (_, leaf) => Number(sums[4 * leaf + at]) / scale);
      return {
        gradient: column(0, scales.gradient),
        hessian: column(1, scales.hessian),
        covers: column(2, weightScale),
      };
    },
    add: (values) => each((shard) => shard.addLeaves(values)),
  };
}

function fillShard(shard: Shard, f: number, feature: ModelFeature, encoded: Encoded): void {
  if (feature.kind === 'one-hot') shard.takeBins(f, encoded.map(binCode));
  else {
    const missing = feature.kind === 'numeric' && feature.missing === 'high' ? Infinity : -Infinity;
    shard.binNumbers(f, encoded, feature.borders, missing);
  }
}

/** The chosen rows from `from` up to before `to`, counted from `from`. */
function within(chosen: Uint32Array, from: number, to: number): Uint32Array {
  const [first, last] = [lowerBound(chosen, from), lowerBound(chosen, to)];
  return chosen.subarray(first, last).map((row) => row - from);
}

function lowerBound(ascending: Uint32Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sum<T extends Uint32Array | BigInt64Array>(out: T, added: T): T {
  for (let i = 0; i < out.length; i++) (out[i] as number) += added[i] as number;
  return out;
}
