import { basename, dirname } from 'node:path';
import { open } from 'lmdb';
import { lmdbFlawIn, type LmdbFlaw } from '../base/index.ts';

/** What the process says of a file, a line each; null: nothing is wrong with its pages. */
export interface PagesNews {
  readonly path: string;
  readonly flaw: LmdbFlaw | null;
}

/** Meanwhile nobody uses anew what was free or becomes free. */
async function whilePinned<T>(path: string, work: () => T): Promise<T> {
  // Readers are counted in the lock file that the writers look at: that of the folder, where the file has LMDB's own name.
  const isFolder = basename(path) === 'data.mdb';
  const root = open({ path: isFolder ? dirname(path) : path, noSubdir: !isFolder, readOnly: true });
  try {
    const transaction = root.useReadTransaction();
    try {
      return work();
    } finally {
      transaction.done();
    }
  } finally {
    await root.close();
  }
}

// One that opening ends this process over was looked at before without a pin: it says so then.
for (const path of process.argv.slice(2)) {
  const unpinned = lmdbFlawIn(path);
  const flaw = unpinned && (await whilePinned(path, () => lmdbFlawIn(path)).catch(() => unpinned));
  const news: PagesNews = { path, flaw: flaw ?? null };
  process.stdout.write(`${JSON.stringify(news)}\n`);
}
