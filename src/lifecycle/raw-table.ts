import { openCsv, type CsvFile, type HeaderRow } from '../base/index.ts';

/** A column as it stands in the file: each distinct text once, trimmed, and which of them each row holds. */
export interface RawColumn {
  name: string;
  texts: string[];
  codes: Int32Array;
  /** Rows a text. */
  counts: number[];
}

/** A CSV file in memory, nothing interpreted yet. */
export interface RawTable {
  path: string;
  separator: CsvFile['separator'];
  header: HeaderRow;
  rows: number;
  columns: RawColumn[];
}

export interface ReadOptions {
  header?: HeaderRow;
  /** Hears how many rows are read, now and then. */
  onRows?: (rows: number) => void;
}

/** Reads a whole CSV file. Throws the Faults of `openCsv`. */
export async function readRawTable(path: string, { header = 'first', onRows }: ReadOptions = {}): Promise<RawTable> {
  const file = await openCsv(path, { header });
  const builders = file.header.map((name) => columnBuilder(name));
  let rows = 0;
  for await (const cells of file.rows) {
    for (let c = 0; c < builders.length; c++) builders[c]!.add(cells[c]!);
    if (++rows % 50_000 === 0) onRows?.(rows);
  }
  return { path, separator: file.separator, header, rows, columns: builders.map((builder) => builder.done()) };
}

function columnBuilder(name: string): { add(cell: string): void; done(): RawColumn } {
  const codeOf = new Map<string, number>();
  const texts: string[] = [];
  const counts: number[] = [];
  let codes = new Int32Array(1024);
  let rows = 0;
  return {
    add(cell) {
      const text = cell.trim();
      let code = codeOf.get(text);
      if (code === undefined) {
        code = texts.length;
        codeOf.set(text, code);
        texts.push(text);
        counts.push(0);
      }
      counts[code]!++;
      if (rows === codes.length) {
        const longer = new Int32Array(codes.length * 2);
        longer.set(codes);
        codes = longer;
      }
      codes[rows++] = code;
    },
    done: () => ({ name, texts, counts, codes: codes.slice(0, rows) }),
  };
}

/** The text of a cell. */
export function cellAt(column: RawColumn, row: number): string {
  return column.texts[column.codes[row]!]!;
}
