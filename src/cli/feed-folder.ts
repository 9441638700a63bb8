import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { onDisk, readText } from '../base/index.ts';
import { fileDay, MARKER } from '../feeds/index.ts';
import { byDay, type Inbox, type Marked } from './feed-inbox.ts';

/** The files of a folder. */
export const folderInbox = (dir: string): Inbox => ({
  async look(feeds) {
    const names = new Set(onDisk(dir, () => readdirSync(dir)));
    const marked: Marked[] = [];
    for (const file of names) {
      if (!names.has(file + MARKER)) continue;
      const feed = feeds.find(({ file: pattern }) => fileDay(pattern, file) !== undefined);
      const path = join(dir, file);
      const seen = feed && seenAt(path);
      if (feed === undefined || seen === undefined) continue;
      marked.push({
        feed,
        day: fileDay(feed.file, file)!,
        file,
        ...seen,
        marker: async () => readText(path + MARKER).slice(0, 100),
        fetch: async () => ({ path, free: () => {} }),
        isSame: () => seenAt(path)?.print === seen.print,
      });
    }
    return marked.toSorted(byDay);
  },
});

/** What changes when a file or its marker is written again, and when the marker came; undefined where either is not a file, or gone. */
function seenAt(path: string): Pick<Marked, 'print' | 'complete'> | undefined {
  const stats = [path, path + MARKER].map((name) => statSync(name, { throwIfNoEntry: false }));
  if (!stats.every((one) => one?.isFile() === true)) return undefined;
  const print = stats.map((one) => `${one!.size}-${one!.mtimeMs}-${one!.ino}`).join('/');
  return { print, complete: Math.trunc(stats[1]!.ctimeMs) };
}
