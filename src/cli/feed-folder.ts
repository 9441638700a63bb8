import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileFault } from '../base/index.ts';
import { fileDay, MARKER } from '../feeds/index.ts';
import { byDay, type Inbox, type Marked } from './feed-inbox.ts';

/** The files of a folder. */
export const folderInbox = (dir: string): Inbox => ({
  async look(feeds) {
    const names = new Set(attempt(dir, () => readdirSync(dir)));
    const marked: Marked[] = [];
    for (const file of names) {
      if (!names.has(file + MARKER)) continue;
      const feed = feeds.find(({ file: pattern }) => fileDay(pattern, file) !== undefined);
      const path = join(dir, file);
      const print = feed && printOf(path);
      if (feed === undefined || print === undefined) continue;
      marked.push({
        feed,
        day: fileDay(feed.file, file)!,
        file,
        complete: Math.trunc(statSync(path + MARKER).ctimeMs),
        print,
        marker: async () => attempt(path + MARKER, () => readFileSync(path + MARKER, 'utf8').slice(0, 100)),
        fetch: async () => ({ path, free: () => {} }),
        isSame: () => printOf(path) === print,
      });
    }
    return marked.toSorted(byDay);
  },
});

/** What changes when a file or its marker is written again; undefined where either is not a file, or gone. */
function printOf(path: string): string | undefined {
  const stats = [path, path + MARKER].map((name) => statSync(name, { throwIfNoEntry: false }));
  if (!stats.every((one) => one?.isFile() === true)) return undefined;
  return stats.map((one) => `${one!.size}-${one!.mtimeMs}-${one!.ino}`).join('/');
}

function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw fileFault(path, cause);
  }
}
