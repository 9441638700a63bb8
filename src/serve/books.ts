import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../base/index.ts';
import type { SubjectId } from '../events/index.ts';
import type { State } from '../features/index.ts';
import type { BookSummary } from '../rank/index.ts';

/** How the records of large books stand: a list assesses a part of them, so the rest is scored between the lists. */
export interface Books {
  /** What is known of a book; undefined until it was surveyed once. */
  get(owner: string): BookSummary | undefined;
  /** Surveys a book where that was not done lately. Resolves when it stands; nothing needs to wait for it. */
  survey(owner: string): Promise<void>;
  /** Ends what is under way. Idempotent. */
  stop(): Promise<void>;
}

export interface BooksOptions {
  readonly clock: Clock;
  readonly state: Pick<State, 'ownedFrom'>;
  /** What a record's place goes by now: greater is better; null for one that is not to be scored. */
  readonly worth: (subject: SubjectId) => number | null;
  /** So long a survey holds, ms. */
  readonly holds?: number;
  /** The most books that are remembered. */
  readonly most?: number;
}

interface Book {
  readonly at: number;
  readonly size: number;
  /** Best first. */
  readonly order: readonly SubjectId[];
}

/** Records that are scored before others have their turn: about two milliseconds. */
const SLICE = 20;
/** Subjects that are read at a time. */
const PAGE = 1_000;

/** Keeps surveys in memory: they are made again after a restart. */
export function createBooks({ clock, state, worth, holds = 10 * 60_000, most = 200 }: BooksOptions): Books {
  const books = new Map<string, Book>();
  const running = new Map<string, Promise<void>>();
  const abort = new AbortController();

  const run = async (owner: SubjectId): Promise<void> => {
    const scored: [subject: SubjectId, worth: number][] = [];
    let size = 0;
    for (let from = ''; ; ) {
      const page = state.ownedFrom(owner, { from, limit: PAGE });
      for (const [at, subject] of page.entries()) {
        if (at % SLICE === 0) {
          await setImmediate();
          if (abort.signal.aborted) return;
        }
        const value = worth(subject);
        if (value !== null) scored.push([subject, value]);
      }
      size += page.length;
      if (page.length < PAGE) break;
      from = `${page.at(-1)!}!`; // the character after it, which no id holds
    }
    const order = scored.toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([subject]) => subject);
    books.delete(owner);
    books.set(owner, { at: clock(), size, order });
    if (books.size > most) books.delete(books.keys().next().value!);
  };

  return {
    get(owner) {
      const book = books.get(owner);
      return book && { size: book.size, best: (limit) => book.order.slice(0, limit) };
    },
    survey(owner) {
      const known = books.get(owner);
      if (known !== undefined && clock() - known.at < holds) return Promise.resolve();
      let under = running.get(owner);
      if (under === undefined) {
        under = run(owner as SubjectId).finally(() => running.delete(owner));
        under.catch(() => {}); // a record that cannot be read now can be later
        running.set(owner, under);
      }
      return under;
    },
    async stop() {
      abort.abort();
      await Promise.allSettled(running.values());
    },
  };
}
