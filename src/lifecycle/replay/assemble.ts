import { SOURCES, type FeatureSpec } from '../../features/index.ts';
import type { OwnSamples } from './own-walk.ts';
import type { Requests } from './linked-walk.ts';
import { ascending } from './order.ts';
import { REASONS } from './plan.ts';
import { emptyValues, type SampleValues } from './values.ts';
import type { Words } from './words.ts';

/** One feature over all samples. */
export interface SampleColumn {
  readonly feature: FeatureSpec;
  readonly values: SampleValues;
  readonly words: Words | undefined;
}

/** A training set as it was replayed: ordered by time, then subject. Times in ms. */
export interface SampleTable extends Requests {
  readonly count: number;
  /** 1 or 0; NaN where the horizon is not over yet. */
  readonly labels: Float64Array;
  readonly weights: Float64Array;
  /** Into `REASONS`. */
  readonly reasons: Uint8Array;
  readonly columns: readonly SampleColumn[];
  /** Since when the values of each source are known, ms; a feature of a source is missing before. */
  readonly firstKnown: ReadonlyMap<string, number>;
  /** Events that were replayed record by record. */
  readonly events: number;
}

/** A table to which the columns of linked features are yet to come. */
export interface GrowingTable extends SampleTable {
  addFeatures(features: readonly FeatureSpec[], columns: readonly SampleValues[], words: readonly (Words | undefined)[]): void;
  /** The table with its columns in the order of these features. */
  inOrderOf(features: readonly FeatureSpec[]): SampleTable;
}

const SHOWN = REASONS.indexOf('shown');
const FEEDS = new Set(SOURCES.map(({ name }) => name));

/** Puts the samples of all jobs into one order. */
export function joinSamples(parts: readonly OwnSamples[], features: readonly FeatureSpec[]): GrowingTable {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const names: string[] = [];
  const subjects = new Int32Array(count);
  let at = 0;
  for (const part of parts) {
    for (let row = 0; row < part.count; row++) subjects[at + row] = names.length + part.subjects[row]!;
    for (const name of part.names) names.push(name);
    at += part.count;
  }
  const times = concat(parts.map((part) => part.times), new Float64Array(count));
  const reasons = concat(parts.map((part) => part.reasons), new Uint8Array(count));
  const offsets = concat(parts.map((part) => part.offsets), new Float64Array(count));
  const order = orderOf({ count, names, subjects, times, reasons, offsets });
  const firstKnown = earliest(parts.map((part) => part.firstKnown));
  const columns: SampleColumn[] = [];

  const table = {
    count,
    names,
    subjects: picked(subjects, order, new Int32Array(count)),
    times: picked(times, order, new Float64Array(count)),
    labels: picked(concat(parts.map((part) => part.labels), new Float64Array(count)), order, new Float64Array(count)),
    weights: picked(concat(parts.map((part) => part.weights), new Float64Array(count)), order, new Float64Array(count)),
    offsets: picked(offsets, order, new Float64Array(count)),
    reasons: picked(reasons, order, new Uint8Array(count)),
    blind: picked(reasons, order, new Uint8Array(count)).map((reason) => Number(reason === SHOWN)),
    firstKnown,
    events: parts.reduce((sum, { events }) => sum + events, 0),
  };

  /** A source that has not said anything yet makes its features missing. */
  const add = (feature: FeatureSpec, values: SampleValues, words: Words | undefined): void => {
    const known = firstKnown.get(feature.source) ?? Infinity;
    if (FEEDS.has(feature.source)) for (let row = 0; row < count && table.times[row]! < known; row++) values[row] = NaN;
    columns.push({ feature, values, words });
  };
  for (const [i, feature] of features.entries()) {
    const all = concat(parts.map((part) => part.columns[i]!), emptyValues(feature, count));
    add(feature, picked(all, order, emptyValues(feature, count)), mergeWords(parts.map(({ words }) => words[i])));
  }
  return {
    ...table,
    columns,
    addFeatures: (added, values, words) => added.forEach((feature, i) => add(feature, values[i]!, words[i])),
    inOrderOf: (wanted) => ({ ...table, columns: wanted.map((feature) => columns.find((column) => column.feature === feature)!) }),
  };
}

/** By time; at one time, who was shown comes first: such a sample does not see what became known right then. Then by subject. */
function orderOf({ count, names, subjects, times, reasons, offsets }: Pick<SampleTable, 'count' | 'names' | 'subjects' | 'times' | 'reasons' | 'offsets'>): Int32Array {
  const order = ascending(times);
  const compare = (a: number, b: number): number => {
    if (reasons[a] !== reasons[b]) return reasons[b]! - reasons[a]!;
    if (reasons[a] === SHOWN && offsets[a] !== offsets[b]) return offsets[a]! - offsets[b]!;
    const [first, second] = [names[subjects[a]!]!, names[subjects[b]!]!];
    return first < second ? -1 : first > second ? 1 : 0;
  };
  for (let from = 0; from < count; ) {
    let to = from + 1;
    while (to < count && times[order[to]!] === times[order[from]!]) to++;
    if (to > from + 1) order.set(order.slice(from, to).toSorted(compare), from);
    from = to;
  }
  return order;
}

function concat<T extends Numbers>(parts: readonly Numbers[], all: T): T {
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

type Numbers = Float64Array | Float32Array | Int32Array | Uint8Array;

function picked<T extends Numbers>(from: Numbers, order: Int32Array, into: T): T {
  for (let row = 0; row < order.length; row++) into[row] = from[order[row]!]!;
  return into;
}

function earliest(maps: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const map of maps) for (const [source, known] of map) first.set(source, Math.min(known, first.get(source) ?? Infinity));
  return first;
}

function mergeWords(maps: readonly (Words | undefined)[]): Words | undefined {
  return maps[0] === undefined ? undefined : new Map(maps.flatMap((map) => [...map!]));
}
