import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileFault, openTable } from '../base/index.ts';
import { fileDay, MARKER, type Feed } from '../feeds/index.ts';

/** A file with a marker beside it. */
export interface Marked {
  readonly feed: Feed;
  readonly day: number;
  readonly file: string;
  readonly path: string;
  /** When the marker came, ms. */
  readonly complete: number;
  readonly marker: string;
  /** Changes when file or marker are written again. */
  readonly print: string;
}

/** The files of a folder that are complete, by day and by when they became so. A file belongs to the first feed that it fits. */
export function markedFiles(dir: string, feeds: readonly Feed[]): Marked[] {
  const names = new Set(attempt(dir, () => readdirSync(dir)));
  const marked: Marked[] = [];
  for (const file of names) {
    if (!names.has(file + MARKER)) continue;
    const feed = feeds.find(({ file: pattern }) => fileDay(pattern, file) !== undefined);
    if (feed === undefined) continue;
    const path = join(dir, file);
    const print = printOf(path);
    if (print === undefined) continue;
    const marker = attempt(path + MARKER, () => readFileSync(path + MARKER, 'utf8').slice(0, 100));
    const complete = Math.trunc(statSync(path + MARKER).ctimeMs);
    marked.push({ feed, day: fileDay(feed.file, file)!, file, path, complete, marker, print });
  }
  return marked.toSorted((a, b) => a.day - b.day || a.complete - b.complete || (a.file < b.file ? -1 : 1));
}

/** What changes when a file or its marker is written again; undefined where either is not a file, or gone. */
export function printOf(path: string): string | undefined {
  const stats = [path, path + MARKER].map((name) => statSync(name, { throwIfNoEntry: false }));
  if (!stats.every((one) => one?.isFile() === true)) return undefined;
  return stats.map((one) => `${one!.size}-${one!.mtimeMs}-${one!.ino}`).join('/');
}

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

function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw fileFault(path, cause);
  }
}
