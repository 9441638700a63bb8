import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { parquetMetadataAsync, parquetRead, type AsyncBuffer, type FileMetaData } from 'hyparquet';
import type { SubjectId } from '../../events/index.ts';
import type { FeatureSpec } from '../../features/index.ts';
import type { Column } from '../../trees/index.ts';
import { numbered } from '../rows.ts';
import type { Samples } from '../samples.ts';
import { isCategorical } from './values.ts';
import { disagreement } from './set-origin.ts';
import { damagedSet, readSetManifest, SET_FILE, type TrainingSetManifest } from './training-set.ts';

/** The ripe samples of a written training set, one column at a time. Throws a Fault: `missing`, `corrupt`, `newer`. */
export async function readTrainingSet(dir: string): Promise<{ samples: Samples; manifest: TrainingSetManifest }> {
  const manifest = await readSetManifest(dir);
  const path = join(dir, SET_FILE);
  const { file, close } = openBuffer(path);
  try {
    const metadata = await parquetMetadataAsync(file);
    const other = disagreement(metadata.key_value_metadata, manifest);
    if (other !== undefined) throw damagedSet(path, `says another ${other} than its manifest`);
    const labels = await column(file, metadata, '_label');
    const ripe = Int32Array.from(labels.keys()).filter((row) => labels[row] !== null && labels[row] !== undefined);
    const subjects = await column(file, metadata, '_subject');
    const times = await column(file, metadata, '_time');
    const weights = await column(file, metadata, '_weight');
    const columns: Column[] = [];
    for (const feature of manifest.features) columns.push(columnOf(feature, await column(file, metadata, feature.name), ripe));
    const samples: Samples = {
      data: { rows: ripe.length, columns },
      labels: Float64Array.from(ripe, (row) => labels[row] as number),
      weights: Float64Array.from(ripe, (row) => weights[row] as number),
      times: Float64Array.from(ripe, (row) => (times[row] as Date).getTime()),
      subjects: Array.from(ripe, (row) => subjects[row] as SubjectId),
      groups: numbered(Array.from(ripe, (row) => subjects[row])),
      unripe: manifest.unripe,
    };
    return { samples, manifest };
  } finally {
    close();
  }
}

/** Levels are numbered in the order of their first row. */
function columnOf(feature: FeatureSpec, values: readonly unknown[], rows: Int32Array): Column {
  const { name } = feature;
  if (!isCategorical(feature)) return { kind: 'numeric', name, values: Float32Array.from(rows, (row) => (values[row] as number | null | undefined) ?? NaN) };
  const levels = new Map<string, number>();
  const codes = Int32Array.from(rows, (row) => {
    const word = (values[row] as string | null | undefined) ?? null;
    if (word === null) return -1;
    if (!levels.has(word)) levels.set(word, levels.size);
    return levels.get(word)!;
  });
  return { kind: 'categorical', name, levels: [...levels.keys()], codes };
}

async function column(file: AsyncBuffer, metadata: FileMetaData, name: string): Promise<unknown[]> {
  const values: unknown[] = Array.from({ length: Number(metadata.num_rows) });
  await parquetRead({
    file,
    metadata,
    columns: [name],
    compressors: { ZSTD: (bytes) => zstdDecompressSync(bytes) },
    onChunk: ({ columnData, rowStart }) => {
      for (let i = 0; i < columnData.length; i++) values[rowStart + i] = columnData[i];
    },
  });
  return values;
}

function openBuffer(path: string): { file: AsyncBuffer; close(): void } {
  const fd = openSync(path, 'r');
  const { size } = fstatSync(fd);
  return {
    file: {
      byteLength: size,
      slice(start, end = size) {
        const bytes = new Uint8Array(end - start);
        readSync(fd, bytes, 0, bytes.length, start);
        return bytes.buffer;
      },
    },
    close: () => closeSync(fd),
  };
}
