import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, contentId, makeFolder, writeFileAtomic } from '../base/index.ts';
import type { ObjectMapping } from '../mapping/index.ts';

/** How far an import came, so that one that was interrupted goes on from there. */
export interface ImportNote {
  /** Rows whose events are in the log. */
  readonly next: number;
  /** Writes it down; durable when it returns. */
  save(next: number): void;
  /** The import is done: the next one of the same file reads all of it again. */
  remove(): void;
}

/** The note of this file, as it stands on the disk, under this mapping. */
export function openNote(dir: string, path: string, object: ObjectMapping): ImportNote {
  const { size, mtimeMs, ino } = statSync(path);
  const folder = join(dir, 'imports');
  const note = join(folder, `${contentId(canonicalJson([path, size, mtimeMs, ino, object]))}.json`);
  return {
    next: readNext(note),
    save(next) {
      makeFolder(folder, { mode: 0o700 });
      writeFileAtomic(note, `${JSON.stringify({ next })}\n`);
    },
    remove: () => rmSync(note, { force: true }),
  };
}

/** 0 where there is none, or where it cannot be read: what is read again changes nothing twice. */
function readNext(note: string): number {
  if (!existsSync(note)) return 0;
  try {
    const { next } = JSON.parse(readFileSync(note, 'utf8')) as { next: unknown };
    return Number.isSafeInteger(next) ? (next as number) : 0;
  } catch {
    return 0;
  }
}
