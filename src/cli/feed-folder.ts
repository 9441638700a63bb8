import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, fileFault } from '../base/index.ts';
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
      const seen = feed && seenAt(path);
      if (feed === undefined || seen === undefined) continue;
      const isSame = (): boolean => seenAt(path)?.print === seen.print;
      marked.push({
        feed,
        day: fileDay(feed.file, file)!,
        file,
        ...seen,
        async marker() {
          try {
            return readFileSync(path + MARKER, 'utf8').slice(0, 100);
          } catch (cause) {
            throw isSame() ? fileFault(path + MARKER, cause) : changed(path);
          }
        },
        fetch: async () => ({ path, free: () => {} }),
        isSame,
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

const changed = (path: string): Fault => new Fault({ kind: 'conflict', value: path, rule: 'was replaced or removed meanwhile', remedy: 'the next look takes what is there' });

function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw fileFault(path, cause);
  }
}
