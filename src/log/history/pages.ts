import { zstdDecompressSync } from 'node:zlib';
import type { ColumnMetaData, DataReader, PageHeader } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { Fault } from '../../base/index.ts';

/** One page of a column chunk, unpacked. */
export interface Page {
  /** `dictionary`: plain values that codes point to; `codes`: codes; `plain`: the values themselves. */
  readonly kind: 'dictionary' | 'codes' | 'plain';
  readonly values: number;
  /** 1 where a row has a value, by row; undefined where all have. */
  readonly present: Uint8Array | undefined;
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
  const { dictionary_page_header: dictionary, data_page_header_v2: data } = header;
  if (dictionary !== undefined) {
    return { kind: 'dictionary', values: dictionary.num_values, present: undefined, bytes: unzip(bytes) };
  }
  if (data === undefined) throw strangePage(header.type);
  const levels = data.definition_levels_byte_length;
  let present: Uint8Array | undefined;
  if (presence === 'optional' && data.num_nulls > 0) {
    present = new Uint8Array(data.num_rows);
    const view = new DataView(bytes.buffer, bytes.byteOffset, levels);
    readRleBitPackedHybrid({ view, offset: 0 }, 1, present, levels);
  }
  const packed = bytes.subarray(levels + data.repetition_levels_byte_length);
  return {
    kind: data.encoding === 'PLAIN' ? 'plain' : 'codes',
    values: data.num_values - data.num_nulls,
    present,
    bytes: packed.length === 0 ? packed : unzip(packed),
  };
}

function unzip(bytes: Uint8Array): Uint8Array {
  return bytes.length === 0 ? bytes : zstdDecompressSync(bytes);
}

function strangePage(type: string): Fault {
  return new Fault({ kind: 'newer', value: type, rule: 'is no page that this release reads', remedy: 'update leadrank' });
}
