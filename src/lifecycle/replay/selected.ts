import { codeOfType } from '../../features/index.ts';
import { FIRST_WORD, pickRows, type EventColumns } from '../../log/index.ts';
import { wordReader, type WordData } from './word-data.ts';

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
}

export function selectRows(given: Iterable<EventColumns>, { until, wanted, takes, sourceOf }: SelectOptions): SelectedRows {
  const held: Held[] = [];
  const firstKnown = new Map<string, number>();
  for (const batch of given) {
    const { types, subjects, repeats, knownAt, count } = batch; // a column is decoded when it is named first
    const takenType = Uint8Array.from(codesOf(batch), (code) => wanted[code]!);
    const takenSubject = Uint8Array.from(subjects.words, (subject) => Number(takes(subject)));
    const first = new Float64Array(types.words.length).fill(Infinity);
    const rows = new Int32Array(count);
    let length = 0;
    for (let row = 0; row < count; row++) {
      if (repeats[row] === 1 || knownAt[row]! > until) continue;
      const type = types.codes[row]! - FIRST_WORD;
      if (knownAt[row]! < first[type]!) first[type] = knownAt[row]!;
      if (takenType[type] === 1 && takenSubject[subjects.codes[row]! - FIRST_WORD] === 1) rows[length++] = row;
    }
    for (const [type, known] of first.entries()) {
      const source = sourceOf(types.words[type]!);
      if (source !== undefined && known < (firstKnown.get(source) ?? Infinity)) firstKnown.set(source, known);
    }
    held.push(cut(batch, rows.subarray(0, length)));
  }
  return { ...joined(held), firstKnown };
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

function joined(held: readonly Held[]): Omit<SelectedRows, 'firstKnown'> {
  const starts = Int32Array.of(0, ...held.map(({ rows }) => rows.length));
  for (let i = 0; i < held.length; i++) starts[i + 1]! += starts[i]!;
  const count = starts[held.length]!;
  const all = { rows: new Int32Array(count), subjects: new Int32Array(count), codes: new Uint16Array(count), knownAt: new Float64Array(count), offsets: new Float64Array(count) };
  const names: string[] = [];
  const numbers = new Map<string, number>();
  for (const [b, { batch, rows }] of held.entries()) {
    const { subjects, types, knownAt, offsets } = batch;
    const codes = codesOf(batch);
    const known = new Int32Array(subjects.words.length).fill(-1);
    const from = starts[b]!;
    all.rows.set(rows, from);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const subject = subjects.codes[row]! - FIRST_WORD;
      if (known[subject] === -1) {
        const name = subjects.words[subject]!;
        let number = numbers.get(name);
        if (number === undefined) numbers.set(name, (number = names.push(name) - 1));
        known[subject] = number;
      }
      all.subjects[from + i] = known[subject]!;
      all.codes[from + i] = codes[types.codes[row]! - FIRST_WORD]!;
      all.knownAt[from + i] = knownAt[row]!;
      all.offsets[from + i] = offsets[row]!;
    }
  }
  const readers = held.map(({ batch }) => wordReader(batch));
  const wordData = (row: number): WordData => readers[starts.findLastIndex((start) => start <= row)]!(all.rows[row]!);
  return { count, batches: held.map(({ batch }) => batch), starts, names, ...all, wordData };
}
