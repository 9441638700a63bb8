import { SOURCES, valueType, type FeatureSpec } from '../../features/index.ts';
import type { LeadSamples } from './lead-walk.ts';
import type { Requests } from './linked-walk.ts';
import { REASONS } from './plan.ts';
import type { Words } from './words.ts';

/**
 * One feature over all samples: numbers in the precision in which a model compares them, of a category the codes of its words;
 * NaN where missing.
 */
export interface SampleColumn {
  readonly feature: FeatureSpec;
  readonly values: Float32Array | Float64Array;
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
  /** Events that were replayed lead by lead. */
  readonly events: number;
}

/** A table to which the columns of linked features are yet to come. */
export interface GrowingTable extends SampleTable {
  addFeatures(features: readonly FeatureSpec[], values: Float64Array, words: readonly (Words | undefined)[]): void;
  /** The table with its columns in the order of these features. */
  inOrderOf(features: readonly FeatureSpec[]): SampleTable;
}

const SHOWN = REASONS.indexOf('shown');

/** Puts the samples of all jobs into one order. */
export function joinSamples(parts: readonly LeadSamples[], features: readonly FeatureSpec[]): GrowingTable {
  const names: string[] = [];
  const subjects = concat(parts.map((part) => {
    const first = names.length;
    for (const name of part.names) names.push(name);
    return Float64Array.from(part.subjects, (subject) => first + subject);
  }));
  const joined = {
    times: concat(parts.map(({ times }) => times)),
    labels: concat(parts.map(({ labels }) => labels)),
    weights: concat(parts.map(({ weights }) => weights)),
    offsets: concat(parts.map(({ offsets }) => offsets)),
    reasons: concat(parts.map(({ reasons }) => Float64Array.from(reasons))),
  };
  const { times, reasons, offsets } = joined;
  const count = times.length;
  // at one time, who was shown comes first: such a sample does not see what became known right then
  const order = Int32Array.from({ length: count }, (_, row) => row).toSorted(
    (a, b) => times[a]! - times[b]! || reasons[b]! - reasons[a]! || (reasons[a] === SHOWN ? offsets[a]! - offsets[b]! : 0) || compare(names[subjects[a]!]!, names[subjects[b]!]!),
  );
  const sorted = (from: Float64Array): Float64Array => Float64Array.from(order, (row) => from[row]!);
  const firstKnown = earliest(parts.map((part) => part.firstKnown));
  const columns: SampleColumn[] = [];
  const inOrder = sorted(times);

  const add = (added: readonly FeatureSpec[], valueAt: (row: number, feature: number) => number, words: readonly (Words | undefined)[]): void => {
    for (const [i, feature] of added.entries()) {
      const known = firstKnown.get(feature.source) ?? Infinity;
      const isFeed = FEEDS.has(feature.source);
      const values = isCategorical(feature) ? new Float64Array(count) : new Float32Array(count);
      for (let row = 0; row < count; row++) values[row] = isFeed && known > inOrder[row]! ? NaN : valueAt(row, i);
      columns.push({ feature, values, words: words[i] });
    }
  };

  const firstRow: number[] = [];
  parts.reduce((sum, part) => (firstRow.push(sum), sum + part.count), 0);
  const partOf = concat(parts.map((part, i) => new Float64Array(part.count).fill(i)));
  add(features, (row, i) => {
    const from = order[row]!;
    const part = partOf[from]!;
    return parts[part]!.values[(from - firstRow[part]!) * features.length + i]!;
  }, features.map((_, i) => mergeWords(parts.map(({ words }) => words[i]))));

  const table = {
    count,
    names,
    subjects: Int32Array.from(sorted(subjects)),
    times: inOrder,
    labels: sorted(joined.labels),
    weights: sorted(joined.weights),
    offsets: sorted(offsets),
    reasons: Uint8Array.from(sorted(reasons)),
    blind: Uint8Array.from(sorted(reasons), (reason) => Number(reason === SHOWN)),
    firstKnown,
    events: parts.reduce((sum, { events }) => sum + events, 0),
  };
  return {
    ...table,
    columns,
    addFeatures: (added, values, words) => add(added, (row, i) => values[row * added.length + i]!, words),
    inOrderOf: (wanted) => ({ ...table, columns: wanted.map((feature) => columns.find((column) => column.feature === feature)!) }),
  };
}

const FEEDS = new Set(SOURCES.map(({ name }) => name));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function concat(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function earliest(maps: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const map of maps) for (const [source, known] of map) first.set(source, Math.min(known, first.get(source) ?? Infinity));
  return first;
}

function mergeWords(maps: readonly (Words | undefined)[]): Words | undefined {
  return maps[0] === undefined ? undefined : new Map(maps.flatMap((map) => [...map!]));
}

/** Whether the column of a feature holds categories. */
export const isCategorical = ({ kind }: FeatureSpec): boolean => valueType(kind) === 'categorical';
