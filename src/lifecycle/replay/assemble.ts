import { createReplayRows, createVocabularies, SOURCES } from '../../features/index.ts';
import type { Said } from './job.ts';
import { orderOf } from './order-samples.ts';
import type { Readings } from './readings.ts';
import type { SampleTable, Slice } from './sample-table.ts';
import { inverseOf } from './inverse.ts';
import { pick } from './pick.ts';
import type { SampleHeads } from './sink.ts';
import { codeIn, emptyValues, isCategorical } from './values.ts';
import { wordsOf } from './words.ts';
import type { Workspace } from './workspace.ts';

const FEEDS = new Set(SOURCES.map(({ name }) => name));

/** Puts the samples of one slice of time, of all senders, into one table, which lies in a workspace. */
export type Assembler = (slices: readonly Slice[], workspace: Workspace) => SampleTable;

export function createAssembler(readings: Readings, { words: known, firstKnown, events }: Said): Assembler {
  const { features } = readings;
  const load = (field: string): readonly string[] => known.get(field) ?? [];
  const { folds } = createReplayRows(readings.specs, { target: readings.target, vocabularies: createVocabularies({ load, save: () => {} }) });
  const fold = folds.of(readings.target);

  return (slices, workspace) => {
    const count = slices.reduce((sum, { times }) => sum + times.length, 0);
    const { names, heads } = headsOf(slices, count, workspace);
    const order = orderOf({ names, ...heads });
    const rowOf = inverseOf(order);
    const times = pick(heads.times, order, workspace.take(Float64Array, count));
    const columns = features.map((feature, place) => {
      const values = isCategorical(feature) ? codesOf(slices, rowOf, place, workspace) : numbersOf(slices, rowOf, place, workspace);
      const since = firstKnown.get(feature.source) ?? Infinity; // a source that has not said anything yet makes its features missing
      if (FEEDS.has(feature.source)) for (let row = 0; row < count && times[row]! < since; row++) values[row] = NaN;
      return values;
    });
    const words = wordsOf(fold, columns);
    return {
      count,
      names,
      subjects: pick(heads.subjects, order, workspace.take(Int32Array, count)),
      times,
      labels: pick(heads.labels, order, workspace.take(Float64Array, count)),
      weights: pick(heads.weights, order, workspace.take(Float64Array, count)),
      reasons: pick(heads.reasons, order, workspace.take(Uint8Array, count)),
      offsets: pick(heads.offsets, order, workspace.take(Float64Array, count)),
      events,
      columns: columns.map((values, place) => ({ feature: features[place]!, values, words: words[place] })),
    };
  };
}

/** What tells of the samples of all slices, one behind the other; a subject is in one of them alone. */
function headsOf(slices: readonly Slice[], count: number, workspace: Workspace): { names: string[]; heads: SampleHeads } {
  let begin = 0;
  const subjects = slices.map((slice) => {
    const from = begin;
    begin += slice.names.length;
    return slice.subjects.map((subject) => from + subject);
  });
  return {
    names: slices.flatMap((slice) => slice.names),
    heads: {
      subjects: concat(subjects, workspace.take(Int32Array, count)),
      times: concat(slices.map(({ times }) => times), workspace.take(Float64Array, count)),
      labels: concat(slices.map(({ labels }) => labels), workspace.take(Float64Array, count)),
      weights: concat(slices.map(({ weights }) => weights), workspace.take(Float64Array, count)),
      reasons: concat(slices.map(({ reasons }) => reasons), workspace.take(Uint8Array, count)),
      offsets: concat(slices.map(({ offsets }) => offsets), workspace.take(Float64Array, count)),
    },
  };
}

function numbersOf(slices: readonly Slice[], rowOf: Int32Array, place: number, workspace: Workspace): Float32Array<ArrayBuffer> {
  const values = workspace.take(Float32Array, rowOf.length);
  let begin = 0;
  for (const { bits, times: { length } } of slices) {
    layNumbers(new Float32Array(bits.buffer, bits.byteOffset + 4 * place * length, length), rowOf, begin, values);
    begin += length;
  }
  return values;
}

function layNumbers(column: Float32Array, rowOf: Int32Array, begin: number, values: Float32Array): void {
  for (let i = 0; i < column.length; i++) values[rowOf[begin + i]!] = column[i]!;
}

function codesOf(slices: readonly Slice[], rowOf: Int32Array, place: number, workspace: Workspace): Float64Array<ArrayBuffer> {
  const values = workspace.take(Float64Array, rowOf.length);
  let begin = 0;
  for (const { bits, times: { length } } of slices) {
    layCodes(bits.subarray(place * length, (place + 1) * length), rowOf, begin, values);
    begin += length;
  }
  return values;
}

function layCodes(column: Uint32Array, rowOf: Int32Array, begin: number, values: Float64Array): void {
  for (let i = 0; i < column.length; i++) values[rowOf[begin + i]!] = codeIn(column[i]!);
}

/** Puts tables that follow one another into one. */
export function joinTables(tables: readonly SampleTable[]): SampleTable {
  if (tables.length === 1) return tables[0]!;
  const count = tables.reduce((sum, table) => sum + table.count, 0);
  const numbers = new Map<string, number>();
  const subjects = new Int32Array(count);
  let at = 0;
  for (const table of tables) {
    const own = Int32Array.from(table.names, (name) => {
      const known = numbers.get(name);
      if (known === undefined) numbers.set(name, numbers.size);
      return known ?? numbers.size - 1;
    });
    for (const subject of table.subjects) subjects[at++] = own[subject]!;
  }
  const last = tables.at(-1)!;
  return {
    count,
    names: [...numbers.keys()],
    subjects,
    times: concat(tables.map(({ times }) => times), new Float64Array(count)),
    labels: concat(tables.map(({ labels }) => labels), new Float64Array(count)),
    weights: concat(tables.map(({ weights }) => weights), new Float64Array(count)),
    reasons: concat(tables.map(({ reasons }) => reasons), new Uint8Array(count)),
    offsets: concat(tables.map(({ offsets }) => offsets), new Float64Array(count)),
    events: last.events,
    columns: last.columns.map(({ feature, words }, place) => ({
      feature,
      values: concat(tables.map(({ columns }) => columns[place]!.values), emptyValues(feature, count)),
      words: words && new Map(tables.flatMap(({ columns }) => [...columns[place]!.words!])),
    })),
  };
}

type Numbers = Float64Array | Float32Array | Int32Array | Uint8Array;

export function concat<T extends Numbers>(parts: readonly Numbers[], all: T): T {
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** What all senders said, as one. */
export function joinSaid(parts: readonly Said[]): Said {
  const words = new Map<string, readonly string[]>();
  const firstKnown = new Map<string, number>();
  for (const field of new Set(parts.flatMap((part) => [...part.words.keys()]))) words.set(field, [...new Set(parts.flatMap((part) => part.words.get(field) ?? []))]);
  for (const part of parts) for (const [source, known] of part.firstKnown) firstKnown.set(source, Math.min(known, firstKnown.get(source) ?? Infinity));
  return { words, firstKnown, events: parts.reduce((sum, { events }) => sum + events, 0) };
}
