import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { open, type Database, type RootDatabase } from 'lmdb';
import { checkLmdbFile, Fault, makeFolder } from '../../base/index.ts';
import { storeFault } from '../faults.ts';

/**
 * The log lies in one LMDB file, `log-<n>.mdb`. LMDB leaves the bytes of what is deleted in its free pages, so an
 * erasure copies what is kept to the file n + 1 and removes the file n.
 */
export interface Generation {
  readonly number: number;
  readonly path: string;
  readonly root: RootDatabase<Buffer, number>;
  /** Offset → encoded event. */
  readonly events: Database<Buffer, number>;
  readonly meta: Database<number, MetaKey>;
}

/**
 * `format`: of this layout. `next`: the offset of the next event. `epoch`: count of erasures. `stale`: 1 while the file
 * holds the bytes of deleted rows. `sealed`: the process that copies the file; nothing is appended to it any more.
 * `start`: what lies before this offset was moved to the history. `loose`: 1 while the file may hold the bytes of rows that were
 * moved: the next erasure makes it stale.
 */
type MetaKey = 'format' | 'next' | 'epoch' | 'stale' | 'sealed' | 'start' | 'loose';

const FORMAT = 1;
const NAME = /^log-(\d+)\.mdb$/u;

export const generationPath = (folder: string, number: number): string => join(folder, `log-${number}.mdb`);

/** The numbers of the files that are there, the newest first. */
export function listGenerations(folder: string): number[] {
  if (!existsSync(folder)) return [];
  const numbers = readdirSync(folder).map((name) => Number(NAME.exec(name)?.[1] ?? 0));
  return numbers.filter((number) => number > 0).toSorted((a, b) => b - a);
}

/** The file in which the log in a folder lies; undefined where there is none. */
export function newestFile(folder: string): string | undefined {
  const [number] = listGenerations(folder);
  return number === undefined ? undefined : generationPath(folder, number);
}

/** Opens the newest file, or makes the first; removes those that it replaced. */
export function openNewest(folder: string): Generation {
  makeFolder(folder);
  for (;;) {
    const number = listGenerations(folder)[0] ?? 1;
    const generation = openGeneration(generationPath(folder, number), number);
    const newest = listGenerations(folder)[0];
    if (newest !== number) {
      // Another process replaced the file in between: what was opened is empty or gone.
      void generation.root.close();
      continue;
    }
    for (const old of listGenerations(folder)) if (old < number) removeFile(generationPath(folder, old));
    return generation;
  }
}

/** Opens one file. Throws a Fault: `newer`, `corrupt` or `unavailable`. */
export function openGeneration(path: string, number: number): Generation {
  let generation: Generation;
  try {
    checkLmdbFile(path, { rule: 'is not a log file', remedy: 'restore it from a backup' });
    // A transaction is durable when it returns: overlapping sync would show what a power cut can still take back.
    const root = open<Buffer, number>({ path, noSubdir: true, maxDbs: 2, overlappingSync: false, encoding: 'binary' });
    const events = root.openDB<Buffer, number>({ name: 'events', encoding: 'binary' });
    const meta = root.openDB<number, MetaKey>({ name: 'meta', encoding: 'json' });
    generation = { number, path, root, events, meta };
    if (meta.get('format') === undefined) meta.putSync('format', FORMAT);
  } catch (cause) {
    throw storeFault(path, cause);
  }
  const format = generation.meta.get('format') ?? FORMAT;
  if (format > FORMAT) {
    void generation.root.close();
    throw new Fault({
      kind: 'newer',
      value: path,
      rule: `has format ${format}, this release reads ${FORMAT}`,
      remedy: 'update leadrank',
    });
  }
  return generation;
}

export function removeFile(path: string): void {
  rmSync(path, { force: true });
  rmSync(`${path}-lock`, { force: true });
}

/**
 * The process for which a write must wait: another one that copies the file, or has replaced it since it was looked up.
 * A copier that died, or an earlier life of our process id, does not count.
 */
export function sealedBy({ meta, path, number }: Generation): number | undefined {
  const pid = meta.get('sealed');
  if (pid === undefined) return undefined;
  if (listGenerations(dirname(path))[0]! > number) return pid;
  if (pid === process.pid) return undefined;
  try {
    process.kill(pid, 0);
    return pid;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM' ? pid : undefined;
  }
}
