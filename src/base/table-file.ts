/** What a cell of a table holds. Of a CSV file every cell is text. */
export type Datum = string | number | boolean | null;

/** A file of rows, opened: its header is read, its rows come one by one and are read once. */
export interface TableFile {
  readonly path: string;
  /** Unique names. */
  readonly header: readonly string[];
  /** Its rows, where the file says so. */
  readonly count: number | undefined;
  /** Each as wide as the header, unless ragged ones pass, at least one; of a column that is not wanted a cell may be null. */
  rows(wanted: ReadonlySet<string>): AsyncIterable<readonly Datum[]>;
  /** Frees the file when the rows are not read to the end. Idempotent. */
  close(): void;
}

/** The cell as text; blank for none. */
export const textOf = (cell: Datum | undefined): string => (cell === null || cell === undefined ? '' : String(cell).trim());
