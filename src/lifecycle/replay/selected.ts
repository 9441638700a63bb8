import { codeOfType } from '../../features/index.ts';
import { FIRST_WORD, pickRows, type EventColumns } from '../../log/index.ts';
import { wordReader, type WordData } from './word-data.ts';
import type { Workspace } from './workspace.ts';

/** Rows that are taken out of batches of events, in the order in which they were given. */
export interface SelectedRows {
  readonly count: number;
  readonly batches: readonly EventColumns[];
  /** Those of the batch b: from `starts[b]` to before `starts[b + 1]`. */
  readonly starts: Int32Array;
  /** Where each stands in its batch. */
  readonly rows: Int32Array;
  readonly subjects: Int32Array;
  /** Of the subjects, by number. */
  readonly names: readonly string[];
  readonly codes: Uint16Array;
  readonly knownAt: Float64Array;
  readonly offsets: Float64Array;
  /** The fields of a row that say what a record is. */
  wordData(row: number): WordData;
  /** When each source first made something known, ms; of all rows, whatever is left out. */
  readonly firstKnown: ReadonlyMap<string, number>;
}

export interface SelectOptions {
  /** What became known later is left out, ms; so is what repeats an earlier delivery. */
  readonly until: number;
  /** 1 at the codes of the types that are taken. */
  readonly wanted: Uint8Array;
  readonly takes: (subject: string) => boolean;
  readonly sourceOf: (type: string) => string | undefined;
  readonly workspace: Workspace;
}

export function selectRows(given: Iterable<EventColumns>, { until, wanted, takes, sourceOf, workspace }: SelectOptions): SelectedRows {
  const held: Held[] = [];
  const firstKnown = new Map<string, number>();
  for (const batch of given) {
    const { types, subjects } = batch; // a column is decoded when it is named first
    const takenType = Uint8Array.from(codesOf(batch), (code) => wanted[code]!);
    const takenSubject = Uint8Array.from(subjects.words, (subject) => Number(takes(subject)));
    const first = new Float64Array(types.words.length).fill(Infinity);
    const rows = takenRows(batch, { until, takenType, takenSubject, first }, workspace.take(Int32Array, batch.count));
    for (const [type, known] of first.entries()) {
      const source = sourceOf(types.words[type]!);
      if (source !== undefined && known < (firstKnown.get(source) ?? Infinity)) firstKnown.set(source, known);
    }
    held.push(cut(batch, rows));
  }
  return { ...joined(held, workspace), firstKnown };
}

/** What is taken of a batch, by the code of a type and of a subject; `first` comes to hold when each type first made something known. */
interface Taking {
  readonly until: number;
  readonly takenType: Uint8Array;
  readonly takenSubject: Uint8Array;
  readonly first: Float64Array;
}

function takenRows({ types, subjects, repeats, knownAt, count }: EventColumns, { until, takenType, takenSubject, first }: Taking, rows: Int32Array): Int32Array {
  let length = 0;
  for (let row = 0; row < count; row++) {
    if (repeats[row] === 1 || knownAt[row]! > until) continue;
    const type = types.codes[row]! - FIRST_WORD;
    if (knownAt[row]! < first[type]!) first[type] = knownAt[row]!;
    if (takenType[type] === 1 && takenSubject[subjects.codes[row]! - FIRST_WORD] === 1) rows[length++] = row;
  }
  return rows.subarray(0, length);
}

interface Held {
  readonly batch: EventColumns;
  readonly rows: Int32Array;
}

/** A small share of a batch is cut out, so that the rest of it can go. */
const cut = (batch: EventColumns, rows: Int32Array): Held =>
  2 * rows.length < batch.count ? { batch: pickRows(batch, rows), rows: rows.map((_, row) => row) } : { batch, rows };

/** The codes of a batch's types, in the order of their words; 0 for one of a later release. */
export const codesOf = ({ types }: EventColumns): number[] => types.words.map((type) => codeOfType(type) ?? 0);

function joined(held: readonly Held[], { take }: Workspace): Omit<SelectedRows, 'firstKnown'> {
  const starts = Int32Array.of(0, ...held.map(({ rows }) => rows.length));
  for (let i = 0; i < held.length; i++) starts[i + 1]! += starts[i]!;
  const count = starts[held.length]!;
  const all: Joined = { rows: take(Int32Array, count), subjects: take(Int32Array, count), codes: take(Uint16Array, count), knownAt: take(Float64Array, count), offsets: take(Float64Array, count) };
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (name: string): number => {
    let number = numbers.get(name);
    if (number === undefined) numbers.set(name, (number = names.push(name) - 1));
    return number;
  };
  for (const [b, { batch, rows }] of held.entries()) {
    all.rows.set(rows, starts[b]);
    layRows(all, batch, rows, starts[b]!, numberOf);
  }
  const readers = held.map(({ batch }) => wordReader(batch));
  const wordData = (row: number): WordData => readers[starts.findLastIndex((start) => start <= row)]!(all.rows[row]!);
  return { count, batches: held.map(({ batch }) => batch), starts, names, ...all, wordData };
}

type Joined = Pick<SelectedRows, 'rows' | 'subjects' | 'codes' | 'knownAt' | 'offsets'>;

/** Lays the rows of a batch behind one another, from `from` on. */
function layRows(all: Joined, batch: EventColumns, rows: Int32Array, from: number, numberOf: (name: string) => number): void {
  const { subjects, types, knownAt, offsets } = batch;
  const codes = codesOf(batch);
  const known = new Int32Array(subjects.words.length).fill(-1);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const subject = subjects.codes[row]! - FIRST_WORD;
    if (known[subject] === -1) known[subject] = numberOf(subjects.words[subject]!);
    all.subjects[from + i] = known[subject]!;
    all.codes[from + i] = codes[types.codes[row]! - FIRST_WORD]!;
    all.knownAt[from + i] = knownAt[row]!;
    all.offsets[from + i] = offsets[row]!;
  }
}
