import { createReplayRows, createVocabularies, entityOf, ENTITIES, SOURCES, type FeatureSpec } from '../../features/index.ts';
import type { Answers } from './container-walk.ts';
import type { MemberSamples } from './member-walk.ts';
import { ascending } from './order.ts';
import { REASONS } from './plan.ts';
import type { Readings } from './readings.ts';
import { emptyValues, type SampleValues } from './values.ts';
import { wordsOf, type Words } from './words.ts';

/** One feature over all samples. */
export interface SampleColumn {
  readonly feature: FeatureSpec;
  readonly values: SampleValues;
  readonly words: Words | undefined;
}

/** A training set as it was replayed: ordered by time, then subject. Times in ms. */
export interface SampleTable {
  readonly count: number;
  readonly names: readonly string[];
  /** Into `names`. */
  readonly subjects: Int32Array;
  readonly times: Float64Array;
  /** 1 or 0; NaN where the horizon is not over yet. */
  readonly labels: Float64Array;
  readonly weights: Float64Array;
  /** Into `REASONS`. */
  readonly reasons: Uint8Array;
  /** Of a decision that was shown: the offset of the event that says so, before which all is seen; else NaN. */
  readonly offsets: Float64Array;
  readonly columns: readonly SampleColumn[];
  /** Since when the values of each source are known, ms; a feature of a source is missing before. */
  readonly firstKnown: ReadonlyMap<string, number>;
  /** Events that were replayed record by record. */
  readonly events: number;
}

/** Who asked for which rows' values, of one sender of one part. */
export interface Questions {
  readonly names: readonly string[];
  readonly count: number;
  readonly keys: Int32Array;
  readonly samples: Int32Array;
}

export interface Pieces {
  readonly features: readonly FeatureSpec[];
  readonly readings: Readings;
  /** By sender. */
  readonly samples: readonly MemberSamples[];
  /** By part, then sender. */
  readonly questions: readonly (readonly Questions[])[];
  /** By part. */
  readonly answers: readonly Answers[];
}

const SHOWN = REASONS.indexOf('shown');
const FEEDS = new Set(SOURCES.map(({ name }) => name));

/** Puts the samples of all jobs, and what was asked for them, into one table. */
export function assemble({ features, readings, samples: parts, questions, answers }: Pieces): SampleTable {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const names: string[] = [];
  const subjects = new Int32Array(count);
  const begins: number[] = [];
  let at = 0;
  for (const part of parts) {
    begins.push(at);
    for (let row = 0; row < part.count; row++) subjects[at + row] = names.length + part.subjects[row]!;
    for (const name of part.names) names.push(name);
    at += part.count;
  }
  const times = concat(parts.map((part) => part.times), new Float64Array(count));
  const reasons = concat(parts.map((part) => part.reasons), new Uint8Array(count));
  const offsets = concat(parts.map((part) => part.offsets), new Float64Array(count));
  const order = orderOf({ count, names, subjects, times, reasons, offsets });
  const rowOf = new Int32Array(count);
  for (let row = 0; row < count; row++) rowOf[order[row]!] = row;

  const values = valuesOf({ readings, parts, questions, answers, begins, rowOf, count });
  const firstKnown = earliest(parts.map((part) => part.firstKnown));
  const sorted = picked(times, order, new Float64Array(count));
  /** A source that has not said anything yet makes its features missing. */
  const silence = ({ source }: FeatureSpec, of: SampleValues): void => {
    const known = firstKnown.get(source) ?? Infinity;
    if (FEEDS.has(source)) for (let row = 0; row < count && sorted[row]! < known; row++) of[row] = NaN;
  };
  const wanted = values.slice(0, readings.wanted);
  for (const [i, of] of wanted.entries()) {
    const own = values[readings.less[i]!];
    if (own !== undefined) for (let row = 0; row < count; row++) of[row] = Math.max(0, of[row]! - own[row]!);
    silence(readings.specs[i]!, of);
  }
  const { folds } = createReplayRows(readings.specs, { target: readings.target, vocabularies: createVocabularies({ load: wordsIn(parts), save: () => {} }) });
  const words = wordsOf(folds.of(readings.target), wanted);
  return {
    count,
    names,
    subjects: picked(subjects, order, new Int32Array(count)),
    times: sorted,
    labels: picked(concat(parts.map((part) => part.labels), new Float64Array(count)), order, new Float64Array(count)),
    weights: picked(concat(parts.map((part) => part.weights), new Float64Array(count)), order, new Float64Array(count)),
    offsets: picked(offsets, order, new Float64Array(count)),
    reasons: picked(reasons, order, new Uint8Array(count)),
    firstKnown,
    events: parts.reduce((sum, { events }) => sum + events, 0),
    columns: wanted.map((of, i) => ({ feature: features[i]!, values: of, words: words[i] })),
  };
}

interface Placed extends Omit<Pieces, 'features' | 'samples'> {
  readonly parts: readonly MemberSamples[];
  /** Where the samples of each sender begin. */
  readonly begins: readonly number[];
  /** Of each sample: its row in the table. */
  readonly rowOf: Int32Array;
  readonly count: number;
}

/** The values of all readings, by place. */
function valuesOf({ readings, parts, questions, answers, begins, rowOf, count }: Placed): SampleValues[] {
  const { specs, own, linked } = readings;
  const columns = specs.map((spec) => emptyValues(spec, count));
  for (const [i, place] of own.entries()) {
    const into = columns[place]!;
    for (const [sender, { columns: held, count: rows }] of parts.entries()) {
      const [from, begin] = [held[i]!, begins[sender]!];
      for (let row = 0; row < rows; row++) into[rowOf[begin + row]!] = from[row]!;
    }
  }
  for (const places of linked.values()) for (const place of places) columns[place]!.fill(NaN);
  const placesOf = ENTITIES.map((entity) => (linked.get(entity) ?? []).map((place) => columns[place]!));
  for (const [part, senders] of questions.entries()) {
    for (const [sender, { names, count: asked, keys, samples }] of senders.entries()) {
      const entities = names.map((name) => placesOf[ENTITIES.indexOf(entityOf(name)!)]!);
      const values = answers[part]!.values[sender]!;
      for (let i = 0, at = 0; i < asked; i++) {
        const row = rowOf[begins[sender]! + samples[i]!]!;
        for (const column of entities[keys[i]!]!) column[row] = values[at++]!;
      }
    }
  }
  return columns;
}

/** All words that any sender saw, by field. */
function wordsIn(parts: readonly MemberSamples[]): (field: string) => readonly string[] {
  return (field) => [...new Set(parts.flatMap(({ words }) => words.get(field) ?? []))];
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
