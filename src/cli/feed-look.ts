import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { fileFault, openTable } from '../base/index.ts';

/** The hash of a file's bytes, and its rows. Rejects with a Fault where it is neither CSV nor Parquet. */
export async function readThrough(path: string): Promise<{ hash: string; rows: number }> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(path), digest).catch((cause: unknown) => {
    throw fileFault(path, cause);
  });
  const file = await openTable(path);
  try {
    let rows = 0;
    if (file.count === undefined) for await (const _row of file.rows(new Set())) rows += 1;
    return { hash: digest.digest('hex'), rows: file.count ?? rows };
  } finally {
    file.close();
  }
}
