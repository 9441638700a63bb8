import { ByteWriter } from 'hyparquet-writer';
import type { ColumnChunk, RowGroup } from 'hyparquet';
import type { SampleTable } from './sample-table.ts';
import { writeChunk, type ChunkValues } from './chunk.ts';
import { chunksOf, HEADS } from './sample-chunks.ts';

/** Samples as they stand in a training set, and what its manifest counts of them. */
export interface EncodedSamples {
  readonly rows: number;
  readonly positives: number;
  readonly unripe: number;
  /** By feature: in how many samples it has a value. */
  readonly present: Float64Array;
  /** By feature: the time of the first sample in which it has one, ms; Infinity where none has. */
  readonly since: Float64Array;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Offsets are from the start of `bytes`. */
  readonly groups: readonly RowGroup[];
}

const ROWS = 100_000; // about as many to a row group

export function encodeSamples(table: SampleTable): EncodedSamples {
  const writer = new ByteWriter(2 ** 20);
  const groups: RowGroup[] = [];
  const present = new Float64Array(table.columns.length);
  const since = new Float64Array(table.columns.length).fill(Infinity);
  const many = Math.max(1, Math.round(table.count / ROWS)); // of equal size: a small one costs as much as another
  for (let group = 0; group < many && table.count > 0; group++) {
    const [from, to] = [Math.floor((table.count * group) / many), Math.floor((table.count * (group + 1)) / many)];
    const begin = writer.offset;
    const columns: ColumnChunk[] = [];
    let feature = -HEADS;
    for (const chunk of chunksOf(table, from, to)) {
      if (feature >= 0) {
        if (present[feature] === 0 && chunk.nulls < chunk.rows) since[feature] = table.times[from + firstOf(chunk)]!;
        present[feature]! += chunk.rows - chunk.nulls;
      }
      columns.push(writeChunk(writer, chunk));
      feature += 1;
    }
    const size = columns.reduce((sum, { meta_data: data }) => sum + data!.total_uncompressed_size, 0n);
    groups.push({ columns, total_byte_size: size, num_rows: BigInt(to - from), total_compressed_size: BigInt(writer.offset - begin) });
  }
  const count = (test: (label: number) => boolean): number => table.labels.reduce((sum, label) => sum + Number(test(label)), 0);
  return {
    rows: table.count,
    positives: count((label) => label === 1),
    unripe: count(Number.isNaN),
    present,
    since,
    bytes: writer.getBytes().slice() as Uint8Array<ArrayBuffer>,
    groups,
  };
}

/** The first row that has a value. */
function firstOf({ present }: ChunkValues): number {
  if (present === undefined) return 0;
  const byte = present.findIndex((bits) => bits !== 0);
  return 8 * byte + 31 - Math.clz32(present[byte]! & -present[byte]!);
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
