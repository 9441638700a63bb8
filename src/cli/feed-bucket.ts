import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DAY, makeFolder, type Clock } from '../base/index.ts';
import { fileDay, isoDay, MARKER, type Bucket, type BucketPlace, type Feed, type Stored } from '../feeds/index.ts';
import { byDay, type Inbox, type Marked } from './feed-inbox.ts';

export interface BucketInboxOptions {
  readonly bucket: Bucket;
  readonly place: BucketPlace;
  /** Where files are copied to while they are read; emptied at first. */
  readonly folder: string;
  readonly clock: Clock;
}

/** The files of a bucket. Only keys of the days that are looked for are listed, and only what is new is copied. */
export function bucketInbox({ bucket, place: { prefix, days }, folder, clock }: BucketInboxOptions): Inbox {
  rmSync(folder, { recursive: true, force: true });
  return {
    async look(feeds, again) {
      const marked = new Map<string, Marked>();
      for (const feed of feeds) {
        const first = Math.max(feed.since ?? 0, Math.floor(clock() / DAY) - days);
        const older = again.get(feed.name) ?? [];
        const after = afterOf(prefix, feed, Math.min(first, ...older));
        const found = new Map((await bucket.list(prefix + headOf(feed), after)).map((one) => [one.key.slice(prefix.length), one]));
        for (const [file, stored] of found) {
          const done = found.get(file + MARKER);
          const day = fileDay(feed.file, file);
          if (done === undefined || day === undefined || (day < first && !older.includes(day)) || file.includes('/') || marked.has(file)) continue;
          marked.set(file, markedOf({ feed, day, file }, stored, done));
        }
      }
      return [...marked.values()].toSorted(byDay);
    },
  };

  function markedOf(of: Pick<Marked, 'feed' | 'day' | 'file'>, stored: Stored, done: Stored): Marked {
    return {
      ...of,
      complete: done.put,
      print: `${stored.etag}/${done.etag}`,
      marker: () => bucket.text(done),
      async fetch() {
        makeFolder(folder, { mode: 0o700 });
        const path = join(folder, of.file);
        const free = (): void => rmSync(path, { force: true });
        try {
          await bucket.copy(stored, path);
        } catch (error) {
          free();
          throw error;
        }
        return { path, free };
      },
      isSame: () => true, // the copy is of the very content that was listed
    };
  }
}

/** What the names of a feed's files begin with. */
const headOf = ({ file }: Feed): string => /^[^*{]*/u.exec(file)![0];

/** The last key before the first day; none where the day is not what the names differ by first. `2026-03-02` comes before `20260302`. */
function afterOf(prefix: string, feed: Feed, first: number): string {
  const head = headOf(feed);
  return feed.file.startsWith(`${head}{day}`) ? `${prefix}${head}${isoDay(first)}`.slice(0, -1) : '';
}
