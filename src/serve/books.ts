import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../base/index.ts';
import type { SubjectId } from '../events/index.ts';
import type { State } from '../features/index.ts';
import { usualAmong, type BookSummary } from '../rank/index.ts';

/** How the records of large books stand: a list assesses a part of them, so the rest is scored between the lists. */
export interface Books {
  /** What is known of a book; undefined until it was surveyed once. */
  get(owner: string): BookSummary | undefined;
  /** Surveys a book where that was not done lately. Resolves when it stands; nothing needs to wait for it. */
  survey(owner: string): Promise<void>;
  /** Something happened to these records: those of surveyed books are scored anew, a slice at a time. */
  changed(subjects: Iterable<string>): void;
  /** Resolves when what changed is scored. */
  settled(): Promise<void>;
  /** Ends what is under way. Idempotent. */
  stop(): Promise<void>;
}

export interface BooksOptions {
  readonly clock: Clock;
  readonly state: Pick<State, 'ownedFrom'>;
  /** What a record's place goes by now; null for one that can be on no list. */
  readonly worth: (subject: SubjectId) => Worth | null;
  /** So long a survey holds for each record of the book, ms: what is spent on it is a small share of a processor. */
  readonly holds?: number;
  /** The most books that are remembered. */
  readonly most?: number;
}

/** Greater is better: chance × urgency × value, where one is known, then `raw`, then `score`, as on a list. */
export interface Worth {
  readonly urgency: number;
  /** null: not known; it counts with the median of the others of its kind, or of all where none of its kind has one. */
  readonly value: number | null;
  /** -Infinity where no model said one. */
  readonly raw: number;
  readonly score: number;
}

interface Book {
  readonly at: number;
  size: number;
  /** Best first. */
  readonly order: SubjectId[];
  readonly worths: Map<SubjectId, Worth>;
  compare(a: SubjectId, b: SubjectId): number;
  /** In the order of `compare`. */
  sorted(subjects: readonly SubjectId[]): SubjectId[];
}

/** Records that are scored before others have their turn: about two milliseconds. */
const SLICE = 20;
/** Subjects that are read at a time. */
const PAGE = 1_000;

/** Keeps surveys in memory: they are made again after a restart. */
export function createBooks({ clock, state, worth, holds = 30, most = 200 }: BooksOptions): Books {
  const books = new Map<string, Book>();
  const running = new Map<string, Promise<void>>();
  const abort = new AbortController();
  const pending = new Set<SubjectId>();
  let draining: Promise<void> | undefined;

  const run = async (owner: SubjectId): Promise<void> => {
    const scored: [subject: SubjectId, worth: Worth][] = [];
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
    books.delete(owner);
    books.set(owner, bookOf(scored, size, clock()));
    if (books.size > most) books.delete(books.keys().next().value!);
  };

  /** Scores what changed until nothing is left. */
  const drain = async (): Promise<void> => {
    while (pending.size > 0 && !abort.signal.aborted) {
      for (const subject of [...pending].slice(0, SLICE)) {
        pending.delete(subject);
        const value = worth(subject);
        for (const book of books.values()) if (book.worths.has(subject)) move(book, subject, value);
      }
      await setImmediate();
    }
  };

  return {
    changed(subjects) {
      for (const subject of subjects) {
        for (const book of books.values()) if (book.worths.has(subject as SubjectId)) pending.add(subject as SubjectId);
      }
      if (pending.size === 0 || draining !== undefined) return;
      draining = setImmediate().then(drain).finally(() => (draining = undefined));
      draining.catch(() => {}); // the next survey makes good what could not be read
    },
    settled: async () => draining,
    get(owner) {
      const book = books.get(owner);
      return book && {
        size: book.size,
        best: (limit) => book.order.slice(0, limit),
        bestOf: (warm, limit) => book.sorted(warm.filter((subject) => book.worths.has(subject as SubjectId)) as SubjectId[]).slice(0, limit),
      };
    },
    survey(owner) {
      const known = books.get(owner);
      if (known !== undefined && clock() - known.at < holds * known.size) return Promise.resolve();
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
      await Promise.allSettled([...running.values(), draining]);
    },
  };
}

function bookOf(scored: readonly (readonly [SubjectId, Worth])[], size: number, at: number): Book {
  const usual = usualAmong(scored.flatMap(([subject, { value }]) => (value === null ? [] : [[subject, value] as const])));
  const worths = new Map(scored);
  const standing = (subject: SubjectId): Standing => {
    const { urgency, value, raw, score } = worths.get(subject)!;
    return { subject, total: urgency * (value ?? usual.of(subject)), raw, score };
  };
  const compare = (a: SubjectId, b: SubjectId): number => better(standing(a), standing(b));
  const sorted = (subjects: readonly SubjectId[]): SubjectId[] => subjects.map(standing).toSorted(better).map(({ subject }) => subject);
  return { at, size, worths, compare, sorted, order: sorted(scored.map(([subject]) => subject)) };
}

interface Standing extends Pick<Worth, 'raw' | 'score'> {
  readonly subject: SubjectId;
  readonly total: number;
}

/** -Infinity twice is NaN, and no difference. */
const better = (a: Standing, b: Standing): number => b.total - a.total || b.raw - a.raw || b.score - a.score || (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0);

/** Gives a record the place that it has by now; null: none. */
function move({ order, worths, compare }: Book, subject: SubjectId, worth: Worth | null): void {
  const before = order.indexOf(subject);
  if (before >= 0) order.splice(before, 1);
  if (worth === null) return; // it keeps its old worth, so that it is scored again when something happens
  worths.set(subject, worth);
  let [from, to] = [0, order.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (compare(order[middle]!, subject) < 0) from = middle + 1;
    else to = middle;
  }
  order.splice(from, 0, subject);
}
