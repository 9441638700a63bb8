import { catalogue } from '../../events/index.ts';
import { isWord, type Columns, type Vocabularies } from '../../features/index.ts';
import { columnName, FIRST_WORD, wordAt, type TextColumn } from '../../log/index.ts';
import { encodedOf, valueAt, type Encoded } from './encoded.ts';
import { codesOf, type SelectedRows } from './selected.ts';
import { pick } from './sink.ts';
import { wordReader, type WordData } from './word-data.ts';

/** Many events as numbers, in the order in which they are folded: what is read one after the other lies side by side. */
export interface EventTable {
  readonly count: number;
  readonly subjects: Int32Array;
  /** By number. */
  readonly names: readonly string[];
  readonly codes: Uint16Array;
  readonly times: Float64Array;
  readonly knownAt: Float64Array;
  readonly offsets: Float64Array;
  readonly ties: Uint32Array;
  /** The fields that folds read of the row r, those of its type as of `columnsByCode`: from `fieldsAt[r]` on. As `Columns.encode` has them. */
  readonly fields: Float64Array;
  readonly fieldsAt: Uint32Array;
  /** By row: what events of `WORDS` say a record is. */
  readonly words: readonly (WordData | undefined)[];
  /** By row: the decision that an impression shows. */
  readonly decisions: ReadonlyMap<number, string>;
}

export interface TableOptions {
  /** Which of the selected rows stands in which row. */
  readonly order: Int32Array;
  readonly columns: Columns;
  /** As of `columnsByCode`. */
  readonly filled: readonly (Int32Array | undefined)[];
  readonly vocabularies: Vocabularies;
}

const SHOWN = catalogue.byName.get('impression.shown')!.code;
const MOST_CODES = 2 ** 16;

/** Lays selected rows out anew: of the batches nothing is needed any more. */
export function tableOf(selected: SelectedRows, { order, columns, filled, vocabularies }: TableOptions): EventTable {
  const { count, names, batches, starts, rows } = selected;
  const places = new Int32Array(count);
  for (let row = 0; row < count; row++) places[order[row]!] = row;
  const table = {
    subjects: pick(selected.subjects, order, new Int32Array(count)),
    codes: pick(selected.codes, order, new Uint16Array(count)),
    knownAt: pick(selected.knownAt, order, new Float64Array(count)),
    offsets: pick(selected.offsets, order, new Float64Array(count)),
    times: new Float64Array(count),
    ties: new Uint32Array(count),
    fieldsAt: new Uint32Array(count + 1),
  };
  for (let row = 0; row < count; row++) table.fieldsAt[row + 1] = table.fieldsAt[row]! + filled[table.codes[row]!]!.length;
  const fields = new Float64Array(table.fieldsAt[count]!);
  const words: (WordData | undefined)[] = Array.from({ length: count });
  const decisions = new Map<number, string>();

  const put = (encoded: Encoded, of: Int32Array, nth: number): void => {
    for (let i = 0; i < of.length; i++) fields[table.fieldsAt[places[of[i]!]!]! + nth] = valueAt(encoded, rows[of[i]!]!);
  };
  for (const [b, batch] of batches.entries()) {
    const { times, ties } = batch; // decoded when they are named first
    for (let i = starts[b]!; i < starts[b + 1]!; i++) {
      table.times[places[i]!] = times[rows[i]!]!;
      table.ties[places[i]!] = ties[rows[i]!]!;
    }
    const encoded = encodedOf(batch, columns, vocabularies);
    const said = wordReader(batch);
    const shown = batch.fields.get(columnName('text', 'decision')) as TextColumn | undefined;
    for (const [code, of] of rowsByCode(selected, b)) {
      for (const [nth, column] of filled[code]!.entries()) put(encoded[column]!, of, nth);
      if (WORDS[code] === 1) for (const row of of) words[places[row]!] = said(rows[row]!);
      if (code !== SHOWN) continue;
      for (const row of of) {
        const decision = wordAt(shown, rows[row]!);
        if (decision !== undefined) decisions.set(places[row]!, decision);
      }
    }
  }
  return { count, names, ...table, fields, words, decisions };
}

/** The rows of a batch, by the code of their type. */
function rowsByCode({ batches, starts, rows }: SelectedRows, b: number): [code: number, rows: Int32Array][] {
  const batch = batches[b]!;
  const { codes, words } = batch.types;
  const sizes = new Int32Array(words.length);
  for (let i = starts[b]!; i < starts[b + 1]!; i++) sizes[codes[rows[i]!]! - FIRST_WORD]! += 1;
  const lists = Array.from(sizes, (size) => new Int32Array(size));
  sizes.fill(0);
  for (let i = starts[b]!; i < starts[b + 1]!; i++) {
    const type = codes[rows[i]!]! - FIRST_WORD;
    lists[type]![sizes[type]!++] = i;
  }
  const named = codesOf(batch);
  return lists.flatMap((list, type): [number, Int32Array][] => (list.length === 0 ? [] : [[named[type]!, list]]));
}

/** The columns that events of a type can carry, by the type's code. */
export function columnsByCode({ names }: Columns): readonly (Int32Array | undefined)[] {
  const places: Int32Array[] = [];
  for (const { code, versions } of catalogue.types) {
    const fields = versions.at(-1)!.fields;
    places[code] = Int32Array.from(names.flatMap((name, i) => (name in fields ? [i] : [])));
  }
  return places;
}

/** 1 at the codes of the types for which `test` holds. */
export function flagsOf(test: (code: number) => boolean): Uint8Array {
  const flags = new Uint8Array(MOST_CODES);
  for (const { code } of catalogue.types) flags[code] = Number(test(code));
  return flags;
}

/** 1 at the codes of the types that say what a record is. */
export const WORDS = flagsOf((code) => isWord(catalogue.byCode.get(code)!.name));
