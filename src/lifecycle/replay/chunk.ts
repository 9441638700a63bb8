import { constants, zstdCompressSync } from 'node:zlib';
import type { ByteWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import type { ColumnChunk, Encoding, ParquetType } from 'hyparquet';

/** One column of a row group, as the bytes that Parquet keeps: no object is made for a value. */
export interface ChunkValues {
  readonly name: string;
  readonly type: ParquetType;
  readonly rows: number;
  /** A bit a row, the lowest first: 1 where it has a value; undefined where all do and the column is required. */
  readonly present: Uint8Array | undefined;
  readonly nulls: number;
  /** Of the rows that have a value: the values, or codes into `words`, of which there are fewer than 2^24. */
  readonly values: Uint8Array | { readonly codes: Uint32Array; readonly words: readonly string[] };
}

/** Writes a column chunk of one page of version 2, and a dictionary page before it where values are codes. */
export function writeChunk(writer: ByteWriter, { name, type, rows, present, nulls, values }: ChunkValues): ColumnChunk {
  const begin = writer.offset;
  let size = 0;
  let dictionary: bigint | undefined;
  let page: Uint8Array;
  let encoding: Encoding = 'PLAIN';
  if (values instanceof Uint8Array) page = values;
  else {
    dictionary = BigInt(begin);
    encoding = 'RLE_DICTIONARY';
    const plain = plainTexts(values.words);
    const packed = zip(plain);
    writePageHeader(writer, {
      type: 'DICTIONARY_PAGE',
      uncompressed_page_size: plain.length,
      compressed_page_size: packed.length,
      dictionary_page_header: { num_values: values.words.length, encoding: 'PLAIN' },
    });
    size += writer.offset - begin + plain.length;
    writer.appendBytes(packed);
    page = packCodes(values.codes, widthOf(values.words.length));
  }
  const levels = present === undefined ? new Uint8Array() : packLevels(rows, present, nulls);
  const packed = zip(page);
  const at = writer.offset;
  writePageHeader(writer, {
    type: 'DATA_PAGE_V2',
    uncompressed_page_size: levels.length + page.length,
    compressed_page_size: levels.length + packed.length,
    data_page_header_v2: {
      num_values: rows, num_nulls: nulls, num_rows: rows, encoding,
      definition_levels_byte_length: levels.length, repetition_levels_byte_length: 0, is_compressed: true,
    },
  });
  size += writer.offset - at + levels.length + page.length;
  writer.appendBytes(levels);
  writer.appendBytes(packed);
  return {
    file_offset: BigInt(begin),
    meta_data: {
      type,
      encodings: dictionary === undefined ? ['PLAIN'] : ['PLAIN', 'RLE_DICTIONARY'],
      path_in_schema: [name],
      codec: 'ZSTD',
      num_values: BigInt(rows),
      total_compressed_size: BigInt(writer.offset - begin),
      total_uncompressed_size: BigInt(size),
      data_page_offset: BigInt(at),
      ...(dictionary !== undefined && { dictionary_page_offset: dictionary }),
    },
  };
}

/** Packed fast: a training set is read a few times, and its columns are mostly small counts: what comes out is seldom more than an eighth. */
const zip = (bytes: Uint8Array): Uint8Array => zstdCompressSync(bytes, { chunkSize: Math.ceil(bytes.length / 8) + 64, params: { [constants.ZSTD_c_compressionLevel]: 1 } });

/** Which rows have a value, as one run: of equal levels where all have, else of bits. */
function packLevels(rows: number, present: Uint8Array, nulls: number): Uint8Array {
  if (nulls === 0) return Uint8Array.of(...varint(rows * 2), 1);
  const head = varint(present.length * 2 + 1);
  const bytes = new Uint8Array(head.length + present.length);
  bytes.set(head);
  bytes.set(present, head.length);
  return bytes;
}

/** Bits that hold codes below a count. */
const widthOf = (count: number): number => 32 - Math.clz32(Math.max(0, count - 1));

/** Their width, and the codes as one run of so many bits each, the lowest first. */
function packCodes(codes: Uint32Array, width: number): Uint8Array {
  if (width === 0) return Uint8Array.of(0, ...varint(codes.length * 2)); // one word: a run of equal codes of no bits
  const groups = Math.ceil(codes.length / 8);
  const head = [width, ...varint(groups * 2 + 1)];
  const bytes = new Uint8Array(head.length + groups * width);
  bytes.set(head);
  let at = head.length;
  let held = 0;
  let bits = 0;
  for (let i = 0; i < codes.length; i++) {
    held |= codes[i]! << bits; // of 7 + 24 bits at most
    for (bits += width; bits >= 8; bits -= 8) {
      bytes[at++] = held & 0xff;
      held >>>= 8;
    }
  }
  if (bits > 0) bytes[at] = held;
  return bytes;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

function plainTexts(words: readonly string[]): Uint8Array {
  const texts = words.map((word) => Buffer.from(word));
  const bytes = Buffer.alloc(texts.reduce((sum, text) => sum + 4 + text.length, 0));
  let at = 0;
  for (const text of texts) {
    bytes.writeUInt32LE(text.length, at);
    text.copy(bytes, at + 4);
    at += 4 + text.length;
  }
  return bytes;
}
