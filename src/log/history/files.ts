import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, onDisk, makeFolder, randomId, sha256Hex, writeFileAtomic } from '../../base/index.ts';
import type { EventColumns } from './columns.ts';
import type { Manifest, Part } from './manifest.ts';
import { writePart } from './part-write.ts';

/** Writes rows as a new file below `folder`, durably; it belongs to the history once a manifest names it. */
export function writePartFile(folder: string, segment: string, bucket: number, columns: EventColumns): Part {
  const file = join(segment, `bucket=${String(bucket).padStart(2, '0')}-${randomId('')}.parquet`);
  const bytes = writePart(columns);
  makeFolder(join(folder, segment));
  writeFileAtomic(join(folder, file), bytes);
  return { bucket, file, rows: columns.count, bytes: bytes.length, sha256: sha256Hex(bytes), types: columns.types.words.toSorted() };
}

/** The bytes of a part. Throws a Fault: `missing`, or `corrupt` where they are not those that were written. */
export function readPartFile(folder: string, { file, bytes: size, sha256 }: Part): Uint8Array {
  const path = join(folder, file);
  const bytes = onDisk(path, () => readFileSync(path));
  if (bytes.length !== size || sha256Hex(bytes) !== sha256) {
    throw new Fault({ kind: 'corrupt', value: path, rule: 'is not the file that was written', remedy: 'restore it from a backup' });
  }
  return bytes;
}

/** Removes the files that no manifest names: of a write that was cut short, or replaced by an erasure. */
export function removeStrays(folder: string, { segments }: Manifest): void {
  const named = new Set(segments.flatMap(({ parts }) => parts.map(({ file }) => file)));
  for (const segment of readdirSync(folder, { withFileTypes: true })) {
    if (!segment.isDirectory()) continue;
    for (const name of readdirSync(join(folder, segment.name))) {
      if (!named.has(join(segment.name, name))) rmSync(join(folder, segment.name, name), { force: true });
    }
  }
}
