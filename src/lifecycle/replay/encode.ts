import { ByteWriter } from 'hyparquet-writer';
import type { RowGroup } from 'hyparquet';
import type { SampleTable } from './sample-table.ts';
import { writeChunk } from './chunk.ts';
import { chunksOf } from './sample-chunks.ts';

/** Samples as they stand in a training set, and what its manifest counts of them. */
export interface EncodedSamples {
  readonly rows: number;
  readonly positives: number;
  readonly unripe: number;
  /** By feature: in how many samples it has a value. */
  readonly present: Float64Array;
  readonly firstKnown: ReadonlyMap<string, number>;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Offsets are from the start of `bytes`. */
  readonly groups: readonly RowGroup[];
}

const ROWS = 100_000; // a row group

export function encodeSamples(table: SampleTable): EncodedSamples {
  const writer = new ByteWriter(2 ** 20);
  const groups: RowGroup[] = [];
  const present = new Float64Array(table.columns.length);
  for (let from = 0; from < table.count; from += ROWS) {
    const to = Math.min(table.count, from + ROWS);
    const begin = writer.offset;
    const chunks = [...chunksOf(table, from, to)];
    for (let i = 0; i < present.length; i++) present[i]! += to - from - chunks[chunks.length - present.length + i]!.nulls;
    const columns = chunks.map((chunk) => writeChunk(writer, chunk));
    const size = columns.reduce((sum, { meta_data: data }) => sum + data!.total_uncompressed_size, 0n);
    groups.push({ columns, total_byte_size: size, num_rows: BigInt(to - from), total_compressed_size: BigInt(writer.offset - begin) });
  }
  const count = (test: (label: number) => boolean): number => table.labels.reduce((sum, label) => sum + Number(test(label)), 0);
  return {
    rows: table.count,
    positives: count((label) => label === 1),
    unripe: count(Number.isNaN),
    present,
    firstKnown: table.firstKnown,
    bytes: writer.getBytes().slice() as Uint8Array<ArrayBuffer>,
    groups,
  };
}

/** A row group whose bytes begin so much later. */
export function moved({ columns, ...group }: RowGroup, by: number): RowGroup {
  const on = BigInt(by);
  return {
    ...group,
    columns: columns.map(({ file_offset: offset, meta_data: data, ...rest }) => ({
      ...rest,
      file_offset: offset + on,
      meta_data: {
        ...data!,
        data_page_offset: data!.data_page_offset + on,
        ...(data!.dictionary_page_offset !== undefined && { dictionary_page_offset: data!.dictionary_page_offset + on }),
      },
    })),
  };
}
