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
  readonly state: 'taken' | 'refused' | 'unchanged' | 'interrupted' | 'waiting' | 'changed';
  readonly revision: number;
  readonly rows: number;
  readonly rejected: number;
  readonly reason: string | null;
}

/** Takes what is complete in the inbox and not taken yet, day by day; then sums the feeds up. */
export async function feedRound(options: RoundOptions): Promise<Outcome[]> {
  const { inbox, feeds, store, into, refused, signal } = options;
  const outcomes: Outcome[] = [];
  const standing = sumUp(store, feeds, into.clock());
  const found = await inbox.look(feeds, new Map([...standing].map(([name, { refused: files }]) => [name, files.map(({ day }) => day)])));
  forgetGone(store, found);
  for (const marked of found) {
    if (signal.aborted) break;
    const { feed, day, file, print } = marked;
    const own = store.read(feed.name, day).files[file];
    if (own?.print === print && own.state === 'taken') continue;
    if (refused.get(file) === print) continue;
    const outcome = await takeOne(marked, options);
    if (outcome.state === 'refused') refused.set(file, print);
    outcomes.push({ feed: feed.name, day: isoDay(day), file, ...outcome });
  }
  sumUp(store, feeds, into.clock());
  return outcomes;
}

type Ended = Omit<Outcome, 'feed' | 'day' | 'file'>;

/** What became of a file: `changed` where it was replaced or removed meanwhile, `waiting` where the minute of the revision before is not over. */
async function takeOne(marked: Marked, { store, into, signal, batch }: RoundOptions): Promise<Ended> {
  const { feed, day, file, complete, print } = marked;
  const before = store.read(feed.name, day);
  const refuse = (reason: string, rows = 0): Ended => {
    store.write(feed.name, day, withRefused(before, file, print, reason));
    return { state: 'refused', revision: 0, rows, rejected: 0, reason };
  };
  /** A fault of the file's own, such as a column that it lacks, is its end; all else ends the round. */
  const endedBy = (error: unknown): Ended => {
    if (!(error instanceof Fault)) throw error;
    const isOfFile = OF_FILE.has(error.kind);
    if (error.kind === 'conflict' || ((isOfFile || error.kind === 'missing') && !marked.isSame())) return CHANGED;
    if (isOfFile) return refuse(error.message);
    throw error;
  };
  let copy: Awaited<ReturnType<Marked['fetch']>> | undefined;
  try {
    const stated = statedRows(await marked.marker());
    if (stated === undefined) return refuse(`${file}.done does not hold the count of its rows; write the count into it, when the file is complete`);
    if (stated > 0) copy = await marked.fetch();
    const seen = copy === undefined ? { hash: 'empty', rows: 0 } : await readThrough(copy.path);
    if (!marked.isSame()) return CHANGED;
    if (seen.rows !== stated) return refuse(`it has ${seen.rows} rows where its marker states ${stated}; deliver it whole, then the marker`, seen.rows);

    const { record, take } = enter(before, { file, print, complete, ...seen });
    if (take !== null && take.complete > into.clock()) return ended(take, 'waiting');
    store.write(feed.name, day, record);
    if (take === null) return ended(record.files[file]!, 'unchanged');
    const rejects = store.rejects(feed.name, day, take.revision);
    makeFolder(dirname(rejects));
    const save = (delivery: Delivery): void => store.write(feed.name, day, withFile(record, file, delivery));
    const path = copy?.path;
    const done: Delivery = path === undefined
      ? { ...take, state: 'taken' }
      : await step(`Taking ${file}`, ({ update }) => takeFile({ into, feed, day, path, delivery: take, rejects, save, update, signal, batch }));
    if (done.state === 'refused') return { ...refuse(done.reason!, done.rows), rejected: done.rejected };
    if (!marked.isSame()) return CHANGED;
    save(done);
    return ended(done, done.state === 'taken' ? 'taken' : 'interrupted');
  } catch (error) {
    return endedBy(error);
  } finally {
    copy?.free();
  }
}

/** Kinds of faults that are the file's own. */
const OF_FILE: ReadonlySet<Fault['kind']> = new Set(['input', 'too-large', 'forbidden']);

const CHANGED: Ended = { state: 'changed', revision: 0, rows: 0, rejected: 0, reason: 'it was replaced or removed while it was looked at' };

const ended = ({ revision, rows, rejected }: Delivery, state: Outcome['state']): Ended => ({ state, revision, rows, rejected, reason: null });
