import { dirname } from 'node:path';
import { Fault, makeFolder } from '../base/index.ts';
import { enter, isoDay, statedRows, withFile, withRefused, type Delivery, type Feed, type FeedStore } from '../feeds/index.ts';
import type { Inbox, Marked } from './feed-inbox.ts';
import { readThrough } from './feed-look.ts';
import { forgetGone, sumUp } from './feed-sum.ts';
import { takeFile, type FeedCell } from './feed-take.ts';
import { step } from './progress.ts';

export interface RoundOptions {
  readonly inbox: Inbox;
  readonly feeds: readonly Feed[];
  readonly store: FeedStore;
  readonly into: FeedCell;
  /** Files that this process refused: looked at again when they change, or by the next process. */
  readonly refused: Map<string, string>;
  readonly signal: AbortSignal;
  readonly batch?: number | undefined;
}

/** What became of a file in this round. */
export interface Outcome {
  readonly feed: string;
  readonly day: string;
  readonly file: string;
  readonly state: 'taken' | 'refused' | 'unchanged' | 'interrupted' | 'waiting';
  readonly revision: number;
  readonly rows: number;
  readonly rejected: number;
  readonly reason: string | null;
}

/** Takes what is complete in the inbox and not taken yet, day by day; then sums the feeds up. */
export async function feedRound(options: RoundOptions): Promise<Outcome[]> {
  const { inbox, feeds, store, into, refused, signal } = options;
  const outcomes: Outcome[] = [];
  const found = await inbox.look(feeds);
  sumUp(store, feeds, into.clock());
  forgetGone(store, found);
  for (const marked of found) {
    if (signal.aborted) break;
    const { feed, day, file, print } = marked;
    const own = store.read(feed.name, day).files[file];
    if (own?.print === print && own.state === 'taken') continue;
    if (refused.get(file) === print) continue;
    const outcome = await takeOne(marked, options);
    if (outcome === undefined) continue;
    if (outcome.state === 'refused') refused.set(file, print);
    outcomes.push({ feed: feed.name, day: isoDay(day), file, ...outcome });
  }
  sumUp(store, feeds, into.clock());
  return outcomes;
}

type Ended = Omit<Outcome, 'feed' | 'day' | 'file'>;

/** Undefined where the file changes still. It waits where the minute of the revision before is not over. */
async function takeOne(marked: Marked, { store, into, signal, batch }: RoundOptions): Promise<Ended | undefined> {
  const { feed, day, file, complete, print } = marked;
  const before = store.read(feed.name, day);
  const refuse = (reason: string, rows = 0): Ended => {
    store.write(feed.name, day, withRefused(before, file, print, reason));
    return { state: 'refused', revision: 0, rows, rejected: 0, reason };
  };
  const found = await unlessReplaced(async () => {
    const rows = statedRows(await marked.marker());
    return { stated: rows, copy: rows === undefined || rows === 0 ? undefined : await marked.fetch() };
  });
  if (found === undefined) return undefined;
  const { stated, copy } = found;
  if (stated === undefined) return refuse(`${file}.done does not hold the count of its rows; write the count into it, when the file is complete`);
  try {
    let seen = { hash: 'empty', rows: 0 };
    try {
      if (copy !== undefined) seen = await readThrough(copy.path);
    } catch (error) {
      if (!marked.isSame()) return undefined;
      if (isOfFile(error)) return refuse(error.message);
      throw error;
    }
    if (!marked.isSame()) return undefined;
    if (seen.rows !== stated) return refuse(`it has ${seen.rows} rows where its marker states ${stated}; deliver it whole, then the marker`, seen.rows);

    const { record, take } = enter(before, { file, print, complete, ...seen });
    if (take !== null && take.complete > into.clock()) return ended(take, 'waiting');
    store.write(feed.name, day, record);
    if (take === null) return ended(record.files[file]!, 'unchanged');
    const rejects = store.rejects(feed.name, day, take.revision);
    makeFolder(dirname(rejects));
    const save = (delivery: Delivery): void => store.write(feed.name, day, withFile(record, file, delivery));
    let done: Delivery = { ...take, state: 'taken' };
    try {
      if (copy !== undefined) done = await step(`Taking ${file}`, ({ update }) => takeFile({ into, feed, day, path: copy.path, delivery: take, rejects, save, update, signal, batch }));
    } catch (error) {
      if (!isOfFile(error)) throw error;
      return marked.isSame() ? refuse(error.message) : ended(take, 'interrupted');
    }
    if (done.state === 'refused') return { ...refuse(done.reason!, done.rows), rejected: done.rejected };
    if (!marked.isSame()) return ended(done, 'interrupted');
    save(done);
    return ended(done, done.state === 'taken' ? 'taken' : 'interrupted');
  } finally {
    copy?.free();
  }
}

/** Undefined where what was listed is another by now: the next look finds it. */
async function unlessReplaced<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Fault && error.kind === 'conflict') return undefined;
    throw error;
  }
}

/** Whether a fault is the file's own, such as a column that it lacks; all else ends the round. */
const isOfFile = (error: unknown): error is Fault => error instanceof Fault && ['input', 'too-large'].includes(error.kind);

const ended = ({ revision, rows, rejected }: Delivery, state: Outcome['state']): Ended => ({ state, revision, rows, rejected, reason: null });
