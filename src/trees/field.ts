import { binCode, type Encoded } from './bins.ts';
import { powerOfTwoAbove, type Gradients } from './gradient.ts';
import type { Layout } from './histogram.ts';
import type { Loss } from './loss.ts';
import type { ModelFeature, Split } from './model.ts';
import { importanceThreshold } from './sample.ts';
import { createShard, type NodeId, type Scales } from './shard.ts';
import { createSplitter } from './splitting.ts';
import { localMember, startThread, type Member, type Thread } from './threads.ts';

/** Rows a shard holds at most, by the bytes that a row takes: below WebAssembly's 4 GB, with room for histograms. */
const SHARD_BYTES = 2 ** 31;
/** The bits of a derivative that a histogram keeps: see `pack` in kernels/grow.as. */
const KEPT = 2 ** -13;
const UNIT = 2 ** 30;
const PAIR = 16;
/** The longest pair of derivatives, each of which is at most 1. */
const GREATEST = Math.SQRT2 * UNIT;

/** The least weight of a hessian in a row's importance: a drawn hessian is then at most 16 times what it was. */
const LEAST_RIDGE = 2 ** -8;

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
  /** Learns these labels of a log-loss from now on, 0 to 1. */
  relabel(labels: Float64Array): void;
  /** The raw scores of all rows: a copy where there are several shards. */
  raw(): Float64Array;
  /** The weighted mean loss of the raw scores. */
  loss(): number;
  /** Computes every row's derivatives. */
  derive(): void;
  /** Begins a tree on all rows or on these, ascending. */
  plant(rows?: Uint32Array): void;
  /** Begins a tree on about this share of all rows, drawn by importance (minimal variance sampling). */
  plantImportant(share: number, seed: number): void;
  root(layout: Layout): NodeHistogram[];
  /** See `Splitter`; `l2` in the unit of the loss. */
  bestSplit(nodes: readonly NodeHistogram[], layout: Layout, l2: number): Split | undefined;
  /** The children that have rows, with their histograms. Takes the parents' over. */
  divide(nodes: readonly NodeHistogram[], split: Split, layout: Layout): NodeHistogram[];
  /** Finds the leaf of every row, of all rows, and adds them up. */
  totals(splits: readonly Split[], ordered: readonly boolean[]): LeafTotals;
  /** Adds the values to the raw scores of the leaves found last. */
  add(values: readonly number[]): void;
  /** Ends the threads. */
  close(): void;
}

export interface FieldOptions {
  /** Rows a shard; by default as many as fit. */
  shardRows?: number;
  /** Threads that share the work; default 1. Where the platform has none, all is done on this one. */
  threads?: number;
}

/** Room for a table of this shape. */
export function createField(rows: number, columns: number, options: FieldOptions = {}): Field {
  const most = options.shardRows ?? Math.floor(SHARD_BYTES / (2 * columns + 64));
  const threads = startThreads(Math.min(options.threads ?? 1, rows) - 1);
  const count = Math.max(1 + threads.length, Math.ceil(rows / most));
  const cuts = Array.from({ length: count + 1 }, (_, i) => Math.floor((rows * i) / count));
  const close = (): void => threads.forEach((thread) => thread.end());
  const { home, members } = orClose(close, () => {
    const first = createShard(cuts[1]!, columns);
    const all = cuts.slice(1).map((end, i) => {
      const thread = threads[(i % (threads.length + 1)) - 1];
      if (thread) return thread.member(i, end - cuts[i]!, columns);
      return localMember(i === 0 ? first : createShard(end - cuts[i]!, columns));
    });
    return { home: first, members: all };
  });
  let loss: Loss;
  let gradients: Gradients;
  let scales: Scales = { gradient: 1, hessian: 1 };
  let sampleScale = 1;
  let squaredStep = 1;
  let weightScale = 1;
  let totalWeight = 0;
  let splitter: ReturnType<typeof createSplitter>;
  let staging = 0;
  let freeSlots = 0;
  const inboxes: Uint8Array[] = []; // where the other shards leave their histograms

  /** One call to every shard, all at once: what each returned, in the order of rows. */
  const each = <T>(start: (shard: Member, from: number, to: number) => () => T): T[] =>
    members.map((shard, i) => start(shard, cuts[i]!, cuts[i + 1]!)).map((wait) => wait());
  /** The histograms of nodes over all rows, in the first shard's memory. */
  const countAll = (nodes: readonly NodeId[], layout: Layout): NodeHistogram[] => {
    const size = PAIR * layout.starts.at(-1)!;
    const others = members.slice(1).map((shard, i) => {
      if (!((inboxes[i]?.length ?? 0) >= nodes.length * size)) inboxes[i] = sharedBytes(nodes.length * size);
      return shard.call('countInto', nodes, layout, inboxes[i]!);
    });
    const counted = nodes.map((id) => ({ id, slot: freeSlots, address: home.count(id, layout, freeSlots++) }));
    others.forEach((wait, i) => {
      wait();
      counted.forEach(({ address }, n) => {
        home.arena.bytes(staging, size).set(inboxes[i]!.subarray(n * size, (n + 1) * size));
        home.kernel.addPairs(address, staging, size / PAIR);
      });
    });
    return counted;
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
      const whole = new Int32Array(rows);
      totalWeight = 0;
      for (let row = 0; row < rows; row++) {
        whole[row] = Math.round(weights[row]! * weightScale);
        totalWeight += whole[row]!;
      }
      each((shard, from, to) => shard.call('settle', whole.subarray(from, to), bias, pairs));
      if (logistic) this.relabel(logistic);
      else gradients = { gradient: new Float64Array(rows), hessian: new Float64Array(rows) };
      splitter = createSplitter(home.kernel, home.arena, pairs);
      if (members.length > 1) staging = home.arena.alloc(16 * pairs);
    },
    relabel(labels) {
      each((shard, from, to) => shard.call('setLabels', labels.subarray(from, to)));
    },
    raw() {
      if (members.length === 1) return home.raw();
      const all = new Float64Array(rows);
      each((shard) => shard.call('raw')).forEach((part, i) => all.set(part, cuts[i]!));
      return all;
    },
    loss() {
      if (!loss.logistic) return loss.value(this.raw());
      return each((shard) => shard.call('sumLogLoss')).reduce((total, part) => total + part) / totalWeight;
    },
    derive() {
      if (loss.logistic) {
        each((shard) => shard.call('deriveLogLoss'));
        scales = { gradient: weightScale, hessian: 4 * weightScale };
        return;
      }
      loss.update(gradients, this.raw());
      const { gradient, hessian } = gradients;
      scales = { gradient: UNIT / powerOfTwoAbove(gradient), hessian: UNIT / powerOfTwoAbove(hessian) };
      each((shard, from, to) =>
        shard.call('setGradients', gradient.subarray(from, to), hessian.subarray(from, to), scales),
      );
    },
    plant(chosen) {
      sampleScale = 1;
      each((shard, from, to) => shard.call('plant', chosen && within(chosen, from, to)));
      freeSlots = 0;
    },
    plantImportant(share, seed) {
      const ratio = scales.gradient / scales.hessian;
      const ridge = clamp(squaredStep * ratio * ratio, LEAST_RIDGE, 1);
      const counts = each((shard) => shard.call('importance', ridge)).reduce(sum);
      const threshold = importanceThreshold(counts, share);
      sampleScale = 1; // so small that no drawn pair exceeds what can be packed
      while (sampleScale * threshold > GREATEST * Math.sqrt(ridge)) sampleScale /= 2;
      each((shard, from) => shard.call('plantDrawn', from, { seed, ridge, threshold, scale: sampleScale }));
      freeSlots = 0;
    },
    root: (layout) => countAll([0], layout),
    bestSplit: (nodes, layout, l2) =>
      splitter.best(
        nodes.map(({ address }) => address),
        layout,
        l2 * scales.hessian * sampleScale * KEPT,
      ),
    divide(nodes, split, layout) {
      const ordered = layout.ordered[layout.columns.indexOf(split.feature)]!;
      const counts = each((shard) => shard.call('divide', split, ordered)).reduce(sum);
      const children = nodes.map((node) => childrenOf(node, counts));
      const counted = countAll(
        children.flatMap(({ counted: id }) => id ?? []),
        layout,
      );
      return children.flatMap(({ counted: id, rest }) => {
        if (id === undefined) return [rest];
        const histogram = counted.find((node) => node.id === id)!;
        home.kernel.subtractPairs(rest.address, histogram.address, layout.starts.at(-1)!);
        return [histogram, rest];
      });
    },
    totals(splits, ordered) {
      const sums = each((shard) => shard.call('sumLeaves', splits, ordered)).reduce(sum);
      const column = (at: number, scale: number): Float64Array =>
        Float64Array.from({ length: sums.length / 4 }, (_, leaf) => Number(sums[4 * leaf + at]) / scale);
      const [gradient, hessian] = [column(0, scales.gradient), column(1, scales.hessian)];
      squaredStep = meanSquaredStep(gradient, hessian);
      return { gradient, hessian, covers: column(2, weightScale) };
    },
    add: (values) => void each((shard) => shard.call('addLeaves', values)),
    close,
  };
}

function orClose<T>(close: () => void, make: () => T): T {
  try {
    return make();
  } catch (error) {
    close();
    throw error;
  }
}

function startThreads(count: number): Thread[] {
  const threads: Thread[] = [];
  while (threads.length < count) {
    const thread = startThread();
    if (thread === undefined) break;
    threads.push(thread);
  }
  return threads;
}

function sharedBytes(length: number): Uint8Array {
  const buffer = typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(length) : new SharedArrayBuffer(length);
  return new Uint8Array(buffer);
}

/** The mean over all rows, weighted by hessian, of the square of the full Newton step of their leaf. */
function meanSquaredStep(gradient: Float64Array, hessian: Float64Array): number {
  let [squares, total] = [0, 0];
  for (let leaf = 0; leaf < gradient.length; leaf++) {
    if (!(hessian[leaf]! > 0)) continue;
    squares += (gradient[leaf]! * gradient[leaf]!) / hessian[leaf]!;
    total += hessian[leaf]!;
  }
  return total > 0 ? squares / total : 1;
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** What becomes of a node's histogram: the child that is to be counted, if both have rows, and the other. */
function childrenOf(
  { id, slot, address }: NodeHistogram,
  counts: Uint32Array,
): { counted: NodeId | undefined; rest: NodeHistogram } {
  const [no, yes] = [id, id | (counts.length / 2)];
  const [fewer, more] = counts[no]! <= counts[yes]! ? [no, yes] : [yes, no];
  return { counted: counts[fewer] === 0 ? undefined : fewer, rest: { id: more, slot, address } };
}

function fillShard(shard: Member, f: number, feature: ModelFeature, encoded: Encoded): () => void {
  if (feature.kind === 'one-hot') return shard.call('takeBins', f, Uint8Array.from(encoded, binCode));
  const missing = feature.kind === 'numeric' && feature.missing === 'high' ? Infinity : -Infinity;
  return shard.call('binNumbers', f, encoded, feature.borders, missing);
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
