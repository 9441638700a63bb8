import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { currentFolder, Fault, type LmdbFlaw } from '../base/index.ts';
import { IDENTITIES_FILE, type CellPaths } from '../cell/index.ts';
import { newestFile } from '../log/index.ts';
import type { PagesNews } from './pages-process.ts';

const PROCESS = fileURLToPath(new URL('pages-process.ts', import.meta.url));

/** A file of a cell that LMDB maps into memory: a page that a disk altered may end the process that meets it. */
export interface MappedFile {
  readonly path: string;
  /** What it holds: truth, what is folded again, or what may be lost. */
  readonly holds: 'log' | 'identities' | 'state' | 'scores';
}

/** Those that are there. */
export function mappedFiles(paths: CellPaths): MappedFile[] {
  const files: readonly (readonly [MappedFile['holds'], string | undefined])[] = [
    ['log', newestFile(paths.log)],
    ['identities', join(paths.identities, IDENTITIES_FILE)],
    ['state', join(currentFolder(paths.state), 'data.mdb')],
    ['scores', join(paths.scores, 'data.mdb')],
    ['scores', join(paths.scores, 'lists.mdb')],
  ];
  return files.flatMap(([holds, path]) => (path !== undefined && (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0 ? [{ path, holds }] : []));
}

export interface Damage extends MappedFile {
  readonly page: number | null;
  /** What is wrong with it, as a clause: `has keys out of order`. */
  readonly flaw: string;
}

/** Reads every page in use of these files, in a process of its own: what ends that one is named, too. */
export function damagedAmong(files: readonly MappedFile[]): Damage[] {
  const damages: Damage[] = [];
  for (let left = files.filter(({ path }) => existsSync(path)); left.length > 0; ) {
    const { stdout, signal, status } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', PROCESS, ...left.map(({ path }) => path)], { encoding: 'utf8', maxBuffer: 2 ** 24 });
    const news = stdout.split('\n').slice(0, -1).map((line) => JSON.parse(line) as PagesNews);
    for (const [at, { flaw }] of news.entries()) if (flaw !== null) damages.push({ ...left[at]!, ...(flaw satisfies LmdbFlaw) });
    const ended = left[news.length];
    if (ended !== undefined) damages.push({ ...ended, page: null, flaw: `ends the process that reads it (${signal ?? status})` });
    left = left.slice(news.length + 1);
  }
  return damages;
}

const REMEDIES: Readonly<Record<MappedFile['holds'], string>> = {
  log: 'restore the cell from a backup',
  identities: 'restore the cell from a backup',
  state: 'remove its folder: it is folded again from the log',
  scores: 'remove it: it can be lost',
};

/** Says what is wrong with a file, and what is to be done about it. */
export const damageFault = ({ path, holds, page, flaw }: Damage): Fault =>
  new Fault({ kind: 'corrupt', value: path, rule: page === null ? flaw : `page ${page} is damaged: it ${flaw}`, remedy: REMEDIES[holds] });
