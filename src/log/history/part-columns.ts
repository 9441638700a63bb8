import { parquetMetadata, type ColumnMetaData } from 'hyparquet';
import { Fault } from '../../base/index.ts';
import { fieldOf, FIRST_WORD, NO_NUMBER, NULL, type FieldColumn, type NumberColumn, type TextColumn } from './columns.ts';
import { pagesOf, type Page } from './pages.ts';
import { damagedPart, NULL_TEXT, PART_FORMAT } from './part.ts';
import { unpackRuns } from './runs.ts';

/** A file of the history whose columns can be decoded, one by one. */
export interface OpenPart {
  readonly file: Uint8Array;
  readonly chunks: ReadonlyMap<string, ColumnMetaData>;
  readonly rows: number;
}

/** Throws a Fault: `newer` for a later release's. */
export function openPart(file: Uint8Array): OpenPart {
  const { buffer, byteOffset, byteLength } = file;
  const metadata = parquetMetadata((byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength)) as ArrayBuffer);
  const format = Number(metadata.key_value_metadata?.find(({ key }) => key === 'leadrank.format')?.value);
  if (!(format <= PART_FORMAT)) {
    throw new Fault({ kind: 'newer', value: `part of format ${format}`, rule: `this release reads ${PART_FORMAT}`, remedy: 'update leadrank' });
  }
  if (metadata.row_groups.length !== 1) throw damagedPart(`has ${metadata.row_groups.length} row groups instead of one`);
  const chunks = new Map<string, ColumnMetaData>();
  for (const { meta_data: chunk } of metadata.row_groups[0]!.columns) chunks.set(chunk!.path_in_schema[0]!, chunk!);
  return { file, chunks, rows: Number(metadata.num_rows) };
}

function* pagesIn({ file, chunks }: OpenPart, name: string, presence: 'required' | 'optional'): Generator<Page> {
  const chunk = chunks.get(name);
  if (chunk === undefined) throw damagedPart(`it lacks the column ${name}`);
  yield* pagesOf(file, chunk, presence);
}

function* plainPages(part: OpenPart, name: string, presence: 'required' | 'optional'): Generator<Page> {
  for (const page of pagesIn(part, name, presence)) {
    if (page.kind !== 'plain') throw damagedPart(`the column ${name} has codes`);
    yield page;
  }
}

/** Whole numbers of 64 bits as doubles: exact, as offsets and times are safe integers. */
export function readLongs(part: OpenPart, name: string): Float64Array {
  const values = new Float64Array(part.rows);
  let row = 0;
  for (const { bytes, values: count } of plainPages(part, name, 'required')) {
    joinHalves(new Int32Array(aligned(bytes).buffer, 0, count * 2), values.subarray(row, row + count));
    row += count;
  }
  return values;
}

function joinHalves(halves: Int32Array, values: Float64Array): void {
  for (let i = 0; i < values.length; i++) values[i] = halves[2 * i + 1]! * 2 ** 32 + (halves[2 * i]! >>> 0);
}

export function readWholes(part: OpenPart, name: string): Uint32Array {
  const values = new Uint32Array(part.rows);
  let row = 0;
  for (const { bytes, values: count } of plainPages(part, name, 'required')) {
    values.set(new Uint32Array(aligned(bytes).buffer, 0, count), row);
    row += count;
  }
  return values;
}

/** Those of the selected names; all where none are given. */
export function readFields(part: OpenPart, selected: ReadonlySet<string> | undefined): Map<string, FieldColumn> {
  const held = new Map<string, FieldColumn>();
  for (const name of part.chunks.keys()) {
    const field = fieldOf(name);
    if (field === undefined || selected?.has(name) === false) continue;
    held.set(name, field.kind === 'text' ? readTexts(part, name, 'optional') : readNumbers(part, name, field.kind));
  }
  return held;
}

function readNumbers(part: OpenPart, name: string, kind: NumberColumn['kind']): NumberColumn {
  const values = new Float64Array(part.rows).fill(NO_NUMBER);
  let row = 0;
  for (const { bytes, rows, values: count, places } of plainPages(part, name, 'optional')) {
    const { buffer } = aligned(bytes);
    const page = kind === 'number' ? new Float64Array(buffer, 0, count) : new Int32Array(buffer, 0, count);
    if (places === undefined) values.set(page, row);
    else layNumbers(page, places, values.subarray(row));
    row += rows;
  }
  return { kind, values };
}

function layNumbers(page: Float64Array | Int32Array, places: Int32Array, values: Float64Array): void {
  for (let i = 0; i < places.length; i++) values[places[i]!] = page[i]!;
}

export function readTexts(part: OpenPart, name: string, presence: 'required' | 'optional'): TextColumn {
  const codes = new Uint32Array(part.rows); // absent, where nothing comes
  let words: string[] = [];
  let nullAt = -1;
  let row = 0;
  for (const { kind, rows, values: count, places, bytes } of pagesIn(part, name, presence)) {
    if (kind === 'dictionary') {
      words = readStrings(bytes, count);
      nullAt = words.indexOf(NULL_TEXT);
      continue;
    }
    if (kind === 'plain') throw damagedPart(`the column ${name} has no codes`);
    const some = codes.subarray(row, row + rows);
    const indexes = places === undefined ? some : new Uint32Array(count);
    if (count > 0) unpackRuns({ bytes, from: 1 }, bytes[0]!, indexes);
    layCodes(indexes, nullAt, places, some);
    row += rows;
  }
  return { kind: 'text', codes, words };
}

function layCodes(indexes: Uint32Array, nullAt: number, places: Int32Array | undefined, codes: Uint32Array): void {
  for (let i = 0; i < indexes.length; i++) {
    const index = indexes[i]!;
    codes[places === undefined ? i : places[i]!] = index === nullAt ? NULL : index + FIRST_WORD;
  }
}

export function readIds(part: OpenPart): string[] {
  const ids: string[] = [];
  for (const { bytes, values } of plainPages(part, 'id', 'required')) for (const id of readStrings(bytes, values)) ids.push(id);
  if (ids.length !== part.rows) throw damagedPart('ids are missing');
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
