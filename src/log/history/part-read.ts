import { parquetMetadata, type ColumnMetaData } from 'hyparquet';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { Fault } from '../../base/index.ts';
import { ABSENT, fieldOf, FIRST_WORD, NO_NUMBER, NULL, type EventColumns, type FieldColumn, type NumberColumn, type TextColumn } from './columns.ts';
import { gatherColumns } from './gather.ts';
import { pagesOf, type Page } from './pages.ts';
import { NULL_TEXT, PART_FORMAT } from './part.ts';

export interface PartSelection {
  /** Which field columns are read; all where it is not said. */
  readonly fields?: ReadonlySet<string> | undefined;
  /** Whether source and id are read. */
  readonly origin?: 'with' | 'without';
  /** A part without any of these types reads as empty; all types of one that has them are read. */
  readonly types?: ReadonlySet<string>;
}

/** The rows of a part, in its order. Throws a Fault: `corrupt`, or `newer` for a later release's. */
export function readPart(file: Uint8Array, { fields, origin = 'with', types }: PartSelection = {}): EventColumns {
  const { chunks, rows } = openPart(file);
  if (types !== undefined && !readTexts(file, chunks.get('type')!, rows, 'required').words.some((type) => types.has(type))) return gatherColumns([]);
  const need = (name: string): ColumnMetaData => {
    const chunk = chunks.get(name);
    if (chunk === undefined) throw damaged(`it lacks the column ${name}`);
    return chunk;
  };
  const longs = (name: string): Float64Array => readLongs(file, need(name), rows);
  const wholes = (name: string): Uint32Array => readWholes(file, need(name), rows);
  const texts = (name: string): TextColumn => readTexts(file, need(name), rows, 'required');
  const held = new Map<string, FieldColumn>();
  for (const [name, chunk] of chunks) {
    const field = fieldOf(name);
    if (field === undefined || fields?.has(name) === false) continue;
    held.set(name, field.kind === 'text' ? readTexts(file, chunk, rows, 'optional') : readNumbers(file, chunk, rows, field.kind));
  }
  return {
    count: rows,
    offsets: longs('offset'),
    times: longs('time'),
    received: longs('received'),
    knownAt: longs('known_at'),
    subjects: texts('subject'),
    types: texts('type'),
    versions: Uint8Array.from(wholes('version')),
    ties: wholes('tie'),
    repeats: Uint8Array.from(wholes('repeat')),
    fields: held,
    origin: origin === 'with' ? { sources: texts('source'), ids: readIds(file, need('id'), rows) } : undefined,
  };
}

function openPart(file: Uint8Array): { chunks: Map<string, ColumnMetaData>; rows: number } {
  const metadata = parquetMetadata(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer);
  const format = Number(metadata.key_value_metadata?.find(({ key }) => key === 'leadrank.format')?.value);
  if (!(format <= PART_FORMAT)) {
    throw new Fault({ kind: 'newer', value: `part of format ${format}`, rule: `this release reads ${PART_FORMAT}`, remedy: 'update leadrank' });
  }
  const chunks = new Map<string, ColumnMetaData>();
  for (const { meta_data: chunk } of metadata.row_groups[0]?.columns ?? []) chunks.set(chunk!.path_in_schema[0]!, chunk!);
  return { chunks, rows: Number(metadata.num_rows) };
}

function* plainPages(file: Uint8Array, chunk: ColumnMetaData, presence: 'required' | 'optional'): Generator<Page> {
  for (const page of pagesOf(file, chunk, presence)) {
    if (page.kind !== 'plain') throw damaged(`the column ${chunk.path_in_schema[0]!} has codes`);
    yield page;
  }
}

/** Whole numbers of 64 bits as doubles: exact, as offsets and times are safe integers. */
function readLongs(file: Uint8Array, chunk: ColumnMetaData, rows: number): Float64Array {
  const values = new Float64Array(rows);
  let row = 0;
  for (const { bytes, values: count } of plainPages(file, chunk, 'required')) {
    const words = new Int32Array(aligned(bytes).buffer, 0, count * 2);
    for (let i = 0; i < count; i++) values[row++] = words[2 * i + 1]! * 2 ** 32 + (words[2 * i]! >>> 0);
  }
  return values;
}

function readWholes(file: Uint8Array, chunk: ColumnMetaData, rows: number): Uint32Array {
  const values = new Uint32Array(rows);
  let row = 0;
  for (const { bytes, values: count } of plainPages(file, chunk, 'required')) {
    values.set(new Uint32Array(aligned(bytes).buffer, 0, count), row);
    row += count;
  }
  return values;
}

function readNumbers(file: Uint8Array, chunk: ColumnMetaData, rows: number, kind: NumberColumn['kind']): NumberColumn {
  const values = new Float64Array(rows).fill(NO_NUMBER);
  let row = 0;
  for (const { bytes, values: count, present } of plainPages(file, chunk, 'optional')) {
    const { buffer } = aligned(bytes);
    const page = kind === 'number' ? new Float64Array(buffer, 0, count) : new Int32Array(buffer, 0, count);
    for (let i = 0, next = 0; next < count; i++) if (present === undefined || present[i] === 1) values[row + i] = page[next++]!;
    row += present?.length ?? count;
  }
  return { kind, values };
}

function readTexts(file: Uint8Array, chunk: ColumnMetaData, rows: number, presence: 'required' | 'optional'): TextColumn {
  const codes = new Uint32Array(rows).fill(ABSENT);
  let words: string[] = [];
  let nullAt = -1;
  let row = 0;
  for (const page of pagesOf(file, chunk, presence)) {
    if (page.kind === 'dictionary') {
      words = readStrings(page.bytes, page.values);
      nullAt = words.indexOf(NULL_TEXT);
      continue;
    }
    if (page.kind === 'plain') throw damaged(`the column ${chunk.path_in_schema[0]!} has no codes`);
    const { bytes, values: count, present } = page;
    const indexes = new Uint32Array(count);
    const width = bytes[0]!;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (width > 0) readRleBitPackedHybrid({ view, offset: 1 }, width, indexes, bytes.length - 1);
    for (let i = 0, next = 0; next < count; i++) {
      if (present !== undefined && present[i] !== 1) continue;
      const index = indexes[next++]!;
      codes[row + i] = index === nullAt ? NULL : index + FIRST_WORD;
    }
    row += present?.length ?? count;
  }
  return { kind: 'text', codes, words };
}

function readIds(file: Uint8Array, chunk: ColumnMetaData, rows: number): string[] {
  const ids: string[] = [];
  for (const { bytes, values } of plainPages(file, chunk, 'required')) ids.push(...readStrings(bytes, values));
  if (ids.length !== rows) throw damaged('ids are missing');
  return ids;
}

function readStrings(bytes: Uint8Array, count: number): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const strings: string[] = Array.from({ length: count });
  for (let i = 0, at = 0; i < count; i++) {
    const size = buffer.readUInt32LE(at);
    strings[i] = buffer.toString('utf8', at + 4, at + 4 + size);
    at += 4 + size;
  }
  return strings;
}

/** The bytes at the start of a buffer of their own, for typed arrays over them. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset === 0 ? bytes : new Uint8Array(bytes);
}

function damaged(rule: string): Fault {
  return new Fault({ kind: 'corrupt', value: 'a part of the history', rule, remedy: 'restore it from a backup' });
}
