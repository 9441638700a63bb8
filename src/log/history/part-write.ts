import { zstdCompressSync } from 'node:zlib';
import { parquetWriteBuffer, type ColumnSource } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet';
import { ABSENT, FIRST_WORD, NULL, type EventColumns, type NumberColumn, type TextColumn } from './columns.ts';
import { NULL_TEXT, PART_FORMAT } from './part.ts';

interface Written {
  readonly element: SchemaElement;
  readonly source: ColumnSource;
}

/** The bytes of a Parquet file with these rows, in their order. `columns` must have their origin. */
export function writePart(columns: EventColumns): Uint8Array {
  const { origin, fields } = columns;
  const written = [
    time('offset', columns.offsets, 'plain'),
    text('subject', columns.subjects),
    text('type', columns.types),
    whole('version', columns.versions),
    time('time', columns.times),
    time('received', columns.received),
    time('known_at', columns.knownAt),
    whole('tie', columns.ties),
    whole('repeat', columns.repeats),
    text('source', origin!.sources),
    ids('id', origin!.ids),
    ...[...fields].map(([name, column]) => (column.kind === 'text' ? text(name, column, 'optional') : numbers(name, column))),
  ];
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: written.map(({ source }) => source),
      schema: [{ name: 'event', num_children: written.length }, ...written.map(({ element }) => element)],
      codec: 'ZSTD',
      compressors: { ZSTD: (bytes) => zstdCompressSync(bytes) },
      statistics: false,
      rowGroupSize: columns.count,
      pageSize: 0,
      kvMetadata: [{ key: 'leadrank.format', value: String(PART_FORMAT) }],
      createdBy: 'leadrank',
    }),
  );
}

function time(name: string, values: Float64Array, unit: 'ms' | 'plain' = 'ms'): Written {
  const data = BigInt64Array.from(values as unknown as Iterable<bigint>, (value) => BigInt(value));
  const element: SchemaElement = { name, type: 'INT64', repetition_type: 'REQUIRED' };
  if (unit === 'ms') element.converted_type = 'TIMESTAMP_MILLIS';
  return { element, source: { name, data, encoding: 'PLAIN' } };
}

/** 32 bits, written as a signed number and read as an unsigned one. */
function whole(name: string, values: Uint8Array | Uint32Array): Written {
  const element: SchemaElement = { name, type: 'INT32', repetition_type: 'REQUIRED' };
  return { element, source: { name, data: new Int32Array(Uint32Array.from(values).buffer), encoding: 'PLAIN' } };
}

function ids(name: string, data: readonly string[]): Written {
  const element: SchemaElement = { name, type: 'BYTE_ARRAY', repetition_type: 'REQUIRED', converted_type: 'UTF8' };
  return { element, source: { name, data: data as string[], encoding: 'PLAIN' } };
}

function text(name: string, { codes, words }: TextColumn, presence: 'required' | 'optional' = 'required'): Written {
  const data = Array.from(codes, (code) => (code === ABSENT ? undefined : code === NULL ? NULL_TEXT : words[code - FIRST_WORD]));
  const repetition_type = presence === 'required' ? 'REQUIRED' : 'OPTIONAL';
  return {
    element: { name, type: 'BYTE_ARRAY', repetition_type, converted_type: 'UTF8' },
    source: { name, data, encoding: 'RLE_DICTIONARY' },
  };
}

function numbers(name: string, { kind, values }: NumberColumn): Written {
  const data = Array.from(values, (value) => (Number.isNaN(value) ? undefined : value));
  if (kind === 'number') {
    return { element: { name, type: 'DOUBLE', repetition_type: 'OPTIONAL' }, source: { name, data, encoding: 'PLAIN' } };
  }
  const element: SchemaElement = { name, type: 'INT32', repetition_type: 'OPTIONAL' };
  return { element, source: { name, data, encoding: 'PLAIN' } };
}
