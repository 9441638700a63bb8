/**
 * Many events, column by column: what replay folds without making a string or an object an event. All columns have
 * `count` rows; times are ms since 1970.
 */
export interface EventColumns {
  readonly count: number;
  readonly offsets: Float64Array;
  readonly times: Float64Array;
  readonly received: Float64Array;
  readonly knownAt: Float64Array;
  readonly subjects: TextColumn;
  readonly types: TextColumn;
  /** Schema version of each row's fields. */
  readonly versions: Uint8Array;
  /** Decides between two events of the same time: a hash of source and id. */
  readonly ties: Uint32Array;
  /** 1 where source and id were received before within `REPEAT_HORIZON`: the fold drops it. */
  readonly repeats: Uint8Array;
  /** By `<kind>_<field>`, e.g. `text_industry`. A field that no row has is not there. An explicit null is a text. */
  readonly fields: ReadonlyMap<string, FieldColumn>;
  /** Source and id of each event; absent where they were not asked for. */
  readonly origin: { readonly sources: TextColumn; readonly ids: readonly string[] } | undefined;
}

/** Texts by code: 0 is absent, 1 an explicit null, from 2 on the word `words[code - 2]`. */
export interface TextColumn {
  readonly kind: 'text';
  readonly codes: Uint32Array;
  readonly words: readonly string[];
}

/** NaN is absent; an explicit null stands in the text column of the field. A flag is 0 or 1. */
export interface NumberColumn {
  readonly kind: 'number' | 'flag';
  readonly values: Float64Array;
}

export type FieldColumn = TextColumn | NumberColumn;

export const ABSENT = 0;
export const NULL = 1;
export const FIRST_WORD = 2;
export const NO_NUMBER = NaN;

/** The word in a row of a column; undefined where there is none, or no such column. */
export const wordAt = (column: TextColumn | undefined, row: number): string | undefined => column?.words[column.codes[row]! - FIRST_WORD];

/** The column of a field: one a kind of value, as two types may use a name for different things. */
export const columnName = (kind: FieldColumn['kind'], field: string): string => `${kind}_${field}`;

/** The kind and the field that a column name tells; undefined for the fixed columns. */
export function fieldOf(column: string): { kind: FieldColumn['kind']; field: string } | undefined {
  const [, kind, field] = /^(text|number|flag)_(.+)$/u.exec(column) ?? [];
  return kind === undefined ? undefined : { kind: kind as FieldColumn['kind'], field: field! };
}
