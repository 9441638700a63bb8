import { catalogue, type FieldValue } from '../../events/index.ts';
import { codeOfType, isWord, WORD_FIELDS, type Columns, type Vocabularies } from '../../features/index.ts';
import { ABSENT, columnName, FIRST_WORD, NULL, pickRows, type EventColumns, type FieldColumn, type NumberColumn, type TextColumn } from '../../log/index.ts';

/** Many events as numbers, in the order in which they were given; what repeats an earlier delivery or was not known in time is left out. */
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
  /** When each source first made something known, ms; of all rows, whatever is left out. */
  readonly firstKnown: ReadonlyMap<string, number>;
  /** Writes these columns of a row, by their places in `Columns`, as folds take them. */
  fill(row: number, places: Int32Array, fields: Float64Array): void;
  /** The fields of a row that say what a record is. */
  wordData(row: number): Record<string, FieldValue>;
  /** The decision that an impression shows. */
  decision(row: number): string | undefined;
}

export interface TableOptions {
  readonly columns: Columns;
  readonly vocabularies: Vocabularies;
  /** What became known later is left out, ms. */
  readonly until: number;
  /** Which types are taken, by code. */
  readonly wanted: (code: number) => boolean;
  /** Which subjects are taken; all where it is not given. */
  readonly takes?: (subject: string) => boolean;
  readonly sourceOf: (type: string) => string | undefined;
}

const MOST_CODES = 2 ** 16;

/** Puts batches behind one another. Their columns stay where they are. */
export function tableOf(batches: Iterable<EventColumns>, { columns, vocabularies, until, wanted, takes, sourceOf }: TableOptions): EventTable {
  const held: { batch: EventColumns; rows: Int32Array }[] = [];
  const numbers = new Map<string, number>();
  const firstKnown = new Map<string, number>();
  const takenType = flagsOf(wanted);
  let count = 0;
  for (const batch of batches) {
    const { types, subjects, repeats, knownAt } = batch;
    const codes = types.words.map((type) => codeOfType(type) ?? 0);
    const takenSubject = Uint8Array.from(subjects.words, (subject) => Number(takes?.(subject) ?? true));
    const first = new Float64Array(types.words.length).fill(Infinity);
    const rows = new Int32Array(batch.count);
    let length = 0;
    for (let row = 0; row < batch.count; row++) {
      if (repeats[row] === 1 || knownAt[row]! > until) continue;
      const type = types.codes[row]! - FIRST_WORD;
      if (knownAt[row]! < first[type]!) first[type] = knownAt[row]!;
      if (takenType[codes[type]!] === 1 && takenSubject[subjects.codes[row]! - FIRST_WORD] === 1) rows[length++] = row;
    }
    for (const [type, known] of first.entries()) {
      const source = sourceOf(types.words[type]!);
      if (source !== undefined && known < (firstKnown.get(source) ?? Infinity)) firstKnown.set(source, known);
    }
    // a share of a batch is cut out, so that the rest of it can go
    held.push(2 * length < batch.count ? { batch: pickRows(batch, rows.subarray(0, length)), rows: rows.slice(0, length).map((_, row) => row) } : { batch, rows: rows.subarray(0, length) });
    count += length;
  }
  const table = {
    subjects: new Int32Array(count),
    codes: new Uint16Array(count),
    times: new Float64Array(count),
    knownAt: new Float64Array(count),
    offsets: new Float64Array(count),
    ties: new Uint32Array(count),
  };
  const batchOf = new Uint32Array(count);
  const rowOf = new Int32Array(count);
  const names: string[] = [];
  let at = 0;
  for (const [index, { batch, rows }] of held.entries()) {
    const codes = batch.types.words.map((type) => codeOfType(type) ?? 0);
    const known = new Int32Array(batch.subjects.words.length).fill(-1);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const subject = batch.subjects.codes[row]! - FIRST_WORD;
      if (known[subject] === -1) {
        const name = batch.subjects.words[subject]!;
        let number = numbers.get(name);
        if (number === undefined) numbers.set(name, (number = names.push(name) - 1));
        known[subject] = number;
      }
      table.subjects[at + i] = known[subject]!;
      table.codes[at + i] = codes[batch.types.codes[row]! - FIRST_WORD]!;
      table.times[at + i] = batch.times[row]!;
      table.knownAt[at + i] = batch.knownAt[row]!;
      table.offsets[at + i] = batch.offsets[row]!;
      table.ties[at + i] = batch.ties[row]!;
      batchOf[at + i] = index;
      rowOf[at + i] = row;
    }
    at += rows.length;
  }
  const encoded = held.map(({ batch }) => columns.names.map((name, i) => encodedOf(batch, name, columns.types[i]!, vocabularies)));
  const said = held.map(({ batch }) => wordColumns(batch));
  const decisions = held.map(({ batch }) => batch.fields.get(columnName('text', 'decision')) as TextColumn | undefined);
  return {
    count,
    names,
    ...table,
    firstKnown,
    fill(row, places, fields) {
      const of = encoded[batchOf[row]!]!;
      const place = rowOf[row]!;
      for (let i = 0; i < places.length; i++) fields[places[i]!] = valueAt(of[places[i]!]!, place);
    },
    wordData(row) {
      const place = rowOf[row]!;
      const data: Record<string, FieldValue> = {};
      for (const { field, column } of said[batchOf[row]!]!) {
        if (column.kind === 'text') {
          const code = column.codes[place]!;
          if (code !== ABSENT) data[field] = code === NULL ? null : column.words[code - FIRST_WORD]!;
        } else if (!Number.isNaN(column.values[place]!)) data[field] = column.values[place] === 1;
      }
      return data;
    },
    decision(row) {
      const text = decisions[batchOf[row]!];
      return text?.words[text.codes[rowOf[row]!]! - FIRST_WORD];
    },
  };
}

/** The columns of the fields that say what a record is. */
const wordColumns = ({ fields }: EventColumns): { field: string; column: FieldColumn }[] =>
  WORD_FIELDS.flatMap((field) =>
    (['text', 'flag'] as const).flatMap((kind) => {
      const column = fields.get(columnName(kind, field));
      return column === undefined ? [] : [{ field, column }];
    }));

/** One field of a batch: its numbers, and what the codes of its texts stand for. */
interface Encoded {
  readonly numbers: Float64Array | undefined;
  readonly codes: Uint32Array | undefined;
  /** By code; of a field of numbers its nulls alone. */
  readonly meanings: Float64Array;
}

const NOTHING = new Float64Array();
const NULLS = Float64Array.of(NaN, -Infinity);

/** As `Columns.encode`: numbers and times as they are, flags 0 and 1, categories as codes; -Infinity for a null, NaN where absent. */
function encodedOf({ fields }: EventColumns, name: string, type: Columns['types'][number], vocabularies: Vocabularies): Encoded {
  const text = fields.get(columnName('text', name)) as TextColumn | undefined;
  if (type !== 'category') {
    const numbers = fields.get(columnName(type === 'boolean' ? 'flag' : 'number', name)) as NumberColumn | undefined;
    return { numbers: numbers?.values, codes: text?.codes, meanings: NULLS };
  }
  if (text === undefined) return { numbers: undefined, codes: undefined, meanings: NOTHING };
  const vocabulary = vocabularies.of(name);
  return { numbers: undefined, codes: text.codes, meanings: Float64Array.of(...NULLS, ...text.words.map((word) => vocabulary.code(word))) };
}

function valueAt({ numbers, codes, meanings }: Encoded, row: number): number {
  const number = numbers === undefined ? NaN : numbers[row]!;
  if (number === number || codes === undefined) return number;
  return meanings[codes[row]!] ?? NaN;
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

/** The types that say what a record is, by code. */
export const wordCodes = (): ReadonlySet<number> => new Set([...catalogue.types].flatMap(({ name, code }) => (isWord(name) ? [code] : [])));
