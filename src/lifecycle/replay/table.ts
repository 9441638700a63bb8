import { catalogue } from '../../events/index.ts';
import { isWord, type Columns, type Vocabularies } from '../../features/index.ts';
import { columnName, wordAt, type TextColumn } from '../../log/index.ts';
import { flagsOf } from './flags.ts';
import { encodedOf, valueAt, type Encoded } from './encoded.ts';
import type { SelectedRows } from './selected.ts';
import { inverseOf } from './inverse.ts';
import { move, movesByCode, type Moves } from './moves.ts';
import { pick } from './pick.ts';
import { wordReader, type WordData } from './word-data.ts';
import type { Workspace } from './workspace.ts';

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
  readonly workspace: Workspace;
}

const SHOWN = catalogue.byName.get('impression.shown')!.code;

/** Lays selected rows out anew, in memory of the workspace: of the batches nothing is needed any more. */
export function tableOf(selected: SelectedRows, { order, columns, filled, vocabularies, workspace: { take } }: TableOptions): EventTable {
  const { count, names, batches, starts } = selected;
  const places = inverseOf(order);
  const codes = pick(selected.codes, order, take(Uint16Array, count));
  const fieldsAt = fieldStarts(codes, filled);
  const table = {
    subjects: pick(selected.subjects, order, take(Int32Array, count)),
    codes,
    knownAt: pick(selected.knownAt, order, take(Float64Array, count)),
    offsets: pick(selected.offsets, order, take(Float64Array, count)),
    times: take(Float64Array, count),
    ties: take(Uint32Array, count),
    fields: take(Float64Array, fieldsAt[count]!),
    fieldsAt,
  };
  const words: (WordData | undefined)[] = Array.from({ length: count });
  const decisions = new Map<number, string>();
  for (const [b, batch] of batches.entries()) {
    const from = selected.rows.subarray(starts[b], starts[b + 1]); // in the batch
    const to = places.subarray(starts[b], starts[b + 1]);
    move(batch.times, { from, to }, table.times);
    move(batch.ties, { from, to }, table.ties);
    const encoded = encodedOf(batch, columns, vocabularies);
    const said = wordReader(batch);
    const shown = batch.fields.get(columnName('text', 'decision')) as TextColumn | undefined;
    for (const [code, moved] of movesByCode(batch, { from, to })) {
      for (const [nth, column] of filled[code]!.entries()) layField(encoded[column]!, moved, table, nth);
      if (WORDS[code] === 1) layWords(said, moved, words);
      if (code === SHOWN) layDecisions(shown, moved, decisions);
    }
  }
  return { count, names, ...table, words, decisions };
}

/** Where the fields of each row begin, and where those of the last end. */
function fieldStarts(codes: Uint16Array, filled: TableOptions['filled']): Uint32Array {
  const starts = new Uint32Array(codes.length + 1);
  for (let row = 0; row < codes.length; row++) starts[row + 1] = starts[row]! + filled[codes[row]!]!.length;
  return starts;
}

/** Lays one field of some rows, which is the `nth` of their type. */
function layField(encoded: Encoded, { from, to }: Moves, { fields, fieldsAt }: Pick<EventTable, 'fields' | 'fieldsAt'>, nth: number): void {
  for (let i = 0; i < from.length; i++) fields[fieldsAt[to[i]!]! + nth] = valueAt(encoded, from[i]!);
}

function layWords(said: (row: number) => WordData, { from, to }: Moves, words: (WordData | undefined)[]): void {
  for (let i = 0; i < from.length; i++) words[to[i]!] = said(from[i]!);
}

function layDecisions(shown: TextColumn | undefined, { from, to }: Moves, decisions: Map<number, string>): void {
  for (let i = 0; i < from.length; i++) {
    const decision = wordAt(shown, from[i]!);
    if (decision !== undefined) decisions.set(to[i]!, decision);
  }
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

/** 1 at the codes of the types that say what a record is. */
export const WORDS = flagsOf((code) => isWord(catalogue.byCode.get(code)!.name));
