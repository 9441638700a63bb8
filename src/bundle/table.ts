/**
 * How the cells of a CSV row become the inputs of a model. It is decided once, while training, and travels with the
 * model, so that a cell means the same when it is scored.
 */
export interface TableSpec {
  /** The columns that the model uses, in the order of its inputs. */
  columns: TableColumn[];
  /** The column that names a row; null: rows go by number. */
  id: string | null;
  /** The column that says as of when a row is; ages of dates count from it. */
  time: TimeColumn | null;
  /** Where ages count from without a time column: the newest date of the training file, ms. */
  reference: number | null;
  /** Cells that mean "no value", trimmed and in lower case. */
  missing: string[];
  /** For each column where in a file it stands, from 0: the names are not in the file. Absent: found by name. */
  positions?: number[];
  /** The file that it was trained on, by which one without a header is read. Absent: an imported model. */
  file?: TrainedFile;
}

export interface TrainedFile {
  header: 'first' | 'none';
  /** All columns in their order, and which of them is the label. */
  columns: string[];
  label: string;
}

export type TableColumn =
  | { kind: 'numeric'; name: string; decimal: Decimal }
  | { kind: 'categorical'; name: string }
  | { kind: 'ordinal'; name: string; levels: string[] } // lowest first
  | { kind: 'date'; name: string; order: DateOrder; parts: DatePart[] };

export interface TimeColumn {
  name: string;
  /** `number`: it orders the rows and is no date. */
  order: DateOrder | 'number';
}

/** The decimal mark; the other one may group thousands. */
export type Decimal = '.' | ',';

/** Which of year, month and day comes first, second and third. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy';

/** What a date contributes: its age in days, its weekday (0 is Sunday), its month (1 to 12), its hour (all in UTC). */
export type DatePart = 'age' | 'weekday' | 'month' | 'hour';
