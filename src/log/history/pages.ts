import { zstdDecompressSync } from 'node:zlib';
import type { ColumnMetaData, DataReader, PageHeader } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { Fault } from '../../base/index.ts';
import { placesOfOnes } from './runs.ts';

/** One page of a column chunk, unpacked. */
export interface Page {
  /** `dictionary`: plain values that codes point to; `codes`: codes; `plain`: the values themselves. */
  readonly kind: 'dictionary' | 'codes' | 'plain';
  readonly rows: number;
  readonly values: number;
  /** The rows that have a value, ascending; undefined where all have. */
  readonly places: Int32Array | undefined;
  readonly bytes: Uint8Array;
}

/** The pages of a column chunk as leadrank writes them: data pages of version 2, packed by zstd. */
export function* pagesOf(file: Uint8Array, chunk: ColumnMetaData, presence: 'required' | 'optional'): Generator<Page> {
  const start = Number(chunk.dictionary_page_offset ?? chunk.data_page_offset);
  const end = start + Number(chunk.total_compressed_size);
  const reader: DataReader = { view: new DataView(file.buffer, file.byteOffset + start, end - start), offset: 0 };
  while (reader.offset < end - start) {
    const header = parquetHeader(reader);
    const at = file.byteOffset + start + reader.offset;
    reader.offset += header.compressed_page_size;
    yield unpack(header, new Uint8Array(file.buffer, at, header.compressed_page_size), presence);
  }
}

function unpack(header: PageHeader, bytes: Uint8Array, presence: 'required' | 'optional'): Page {
  const { dictionary_page_header: dictionary, data_page_header_v2: data, uncompressed_page_size: size } = header;
  if (dictionary !== undefined) {
    return { kind: 'dictionary', rows: 0, values: dictionary.num_values, places: undefined, bytes: unzip(bytes, size) };
  }
  if (data === undefined) throw strangePage(header.type);
  if (data.encoding !== 'PLAIN' && data.encoding !== 'RLE_DICTIONARY') throw strangePage(`${header.type} of ${data.encoding}`);
  const levels = data.definition_levels_byte_length + data.repetition_levels_byte_length;
  const values = data.num_values - data.num_nulls;
  return {
    kind: data.encoding === 'PLAIN' ? 'plain' : 'codes',
    rows: data.num_rows,
    values,
    places: presence === 'optional' && data.num_nulls > 0 ? placesOfOnes({ bytes: bytes.subarray(0, levels), from: 0 }, data.num_rows, values) : undefined,
    bytes: unzip(bytes.subarray(levels), size - levels),
  };
}

/** The room is made at once: `size` bytes, and some to spare, which tell that all has come. */
const unzip = (bytes: Uint8Array, size: number): Uint8Array => (bytes.length === 0 ? bytes : zstdDecompressSync(bytes, { chunkSize: size + 64 }));

function strangePage(type: string): Fault {
  return new Fault({ kind: 'newer', value: type, rule: 'is no page that this release reads', remedy: 'update leadrank' });
}
