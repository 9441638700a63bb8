import { createReadStream } from 'node:fs';
import { Readable, pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { sniffSeparator, type Separator } from './csv-sniff.ts';
import { textChunks } from './csv-text.ts';
import { Fault, quote } from './errors.ts';
import { fileFault } from './files.ts';

/** A CSV file, opened: its header is read, its rows come one by one and are read once. */
export interface CsvFile {
  path: string;
  separator: Separator;
  /** Trimmed, unique; a blank name, and every name of a file without a header, is `column_N`. */
  header: string[];
  /** Each as wide as the header, unless ragged ones pass. At least one. */
  rows: AsyncIterable<string[]>;
  /** Frees the file when the rows are not read to the end. */
  close(): void;
}

export const MAX_FIELD = 1 << 20; // characters
const MAX_ROW = 16 * MAX_FIELD;
const SNIFFED = 1 << 16; // bytes

/** Whether the first row names the columns. */
export type HeaderRow = 'first' | 'none';

export interface CsvOptions {
  readonly header?: HeaderRow;
  /** Whether a row of another width than the header ends the reading, or is left to the reader. */
  readonly ragged?: 'refused' | 'passed';
}

/**
 * Opens a CSV file of UTF-8 text (RFC 4180; comma, semicolon or tab, found by looking; BOM, LF and CRLF accepted)
 * without reading more than its first block. A quote inside an unquoted field is an ordinary character. Throws a Fault,
 * here or while rows are read: no such file, not text, empty, no rows, duplicate names, a ragged row, an oversized
 * field, an open quote.
 */
export async function openCsv(path: string, { header: row = 'first', ragged = 'refused' }: CsvOptions = {}): Promise<CsvFile> {
  const input = createReadStream(path);
  try {
    const chunks = textChunks(path, input);
    const head: Buffer[] = [];
    let held = 0;
    while (held < SNIFFED) {
      const next = await chunks.next();
      if (next.done) break;
      head.push(next.value);
      held += next.value.length;
    }
    const separator = sniffSeparator(Buffer.concat(head).toString('utf8'));
    const parser = parse({
      bom: true,
      delimiter: separator,
      max_record_size: MAX_ROW,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: ragged === 'passed',
      relax_quotes: true,
      skip_empty_lines: true,
    });
    pipeline(Readable.from(resume(head, chunks)), parser, () => {}); // errors arrive through the iterator
    const records: AsyncIterator<string[]> = parser[Symbol.asyncIterator]();
    const next = () => nextRecord(path, records);
    const names = await next();
    if (names === undefined) {
      throw new Fault({
        kind: 'input',
        value: path,
        rule: 'the file is empty',
        remedy: 'give a CSV file with a header and rows',
      });
    }
    const header = row === 'first' ? checkHeader(path, names) : names.map((_, i) => `column_${i + 1}`);
    const first = row === 'first' ? await next() : names;
    if (first === undefined) {
      throw new Fault({
        kind: 'input',
        value: path,
        rule: 'a header without rows',
        remedy: 'give a file with at least one row',
      });
    }
    return { path, separator, header, rows: rowsFrom(first, next), close: () => input.destroy() };
  } catch (error) {
    input.destroy();
    throw error instanceof Fault ? error : fileFault(path, error);
  }
}

async function* resume(head: readonly Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* head;
  yield* rest;
}

async function* rowsFrom(first: string[], next: () => Promise<string[] | undefined>): AsyncGenerator<string[]> {
  for (let row: string[] | undefined = first; row !== undefined; row = await next()) yield row;
}

async function nextRecord(path: string, records: AsyncIterator<string[]>): Promise<string[] | undefined> {
  let result: IteratorResult<string[], unknown>;
  try {
    result = await records.next();
  } catch (error) {
    throw error instanceof CsvError ? parseFault(path, error) : error instanceof Fault ? error : fileFault(path, error);
  }
  if (result.done) return undefined;
  const wide = result.value.findIndex((field) => field.length > MAX_FIELD);
  if (wide >= 0)
    throw tooLarge(path, `field ${wide + 1}`, `has ${result.value[wide]!.length} characters, more than ${MAX_FIELD}`);
  return result.value;
}

function checkHeader(path: string, names: readonly string[]): string[] {
  const header = names.map((name, i) => name.trim() || `column_${i + 1}`);
  const duplicate = header.find((name, i) => header.indexOf(name) !== i);
  if (duplicate === undefined) return header;
  throw new Fault({
    kind: 'input',
    value: `${path}, column ${quote(duplicate)}`,
    rule: 'the header names it more than once',
    remedy: 'rename or remove one of them',
  });
}

function parseFault(path: string, error: CsvError): Fault {
  const line = `line ${String(error['lines'])}`;
  if (error.code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH') {
    const counts = /expect (\d+), got (\d+)/.exec(error.message);
    return new Fault({ kind: 'input', value: `${path}, ${line}`, ...raggedRow(Number(counts?.[2]), Number(counts?.[1])), cause: error });
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE') return tooLarge(path, line, `the row exceeds ${MAX_ROW} characters`);
  const open = error.code === 'CSV_QUOTE_NOT_CLOSED';
  return new Fault({
    kind: 'input',
    value: `${path}, ${line}`,
    rule: open ? 'a quoted field is never closed' : `the row cannot be read (${error.code})`,
    remedy: open ? 'add the closing quote, or double the quotes inside the field' : 'check the quotes of the row',
    cause: error,
  });
}

/** What is wrong with a row of another width than the header. */
export const raggedRow = (width: number, header: number): { readonly rule: string; readonly remedy: string } => ({
  rule: `the row has ${width} fields where the header has ${header}`,
  remedy: 'mend the row, or quote the field that holds a separator',
});

function tooLarge(path: string, where: string, rule: string): Fault {
  return new Fault({
    kind: 'too-large',
    value: `${path}, ${where}`,
    rule,
    remedy: 'remove the field, or close a quote left open',
  });
}
