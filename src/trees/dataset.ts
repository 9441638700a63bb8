/** One input value of a model: a number, a category, or missing (null; NaN counts as missing too). */
export type Value = number | string | null;

/** Numbers of one column. Splits compare float32 values: float32 loses nothing and takes half the room. */
export type Numbers = Float64Array | Float32Array;

export interface NumericColumn {
  kind: 'numeric';
  name: string;
  /**
   * One value a row; NaN is missing. May be a getter that loads the column: training asks for one column after the other
   * and keeps none, so that a table need never be in memory whole.
   */
  values: Numbers;
}

export interface CategoricalColumn {
  kind: 'categorical';
  name: string;
  /** The distinct categories. */
  levels: string[];
  /** The levels stand in their order, lowest first: splits cut it, they do not pick one level. */
  ordered?: true;
  /** One index into `levels` a row; -1 is missing. */
  codes: Int32Array;
}

export type Column = NumericColumn | CategoricalColumn;

/** A table by columns, all of `rows` length. */
export interface Dataset {
  rows: number;
  columns: Column[];
}
