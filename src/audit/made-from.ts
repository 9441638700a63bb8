import type { BookSummary } from '../rank/index.ts';

/** What of a large book was looked at: its size, the records that stood best, and of the warm ones those that did. */
export interface KnownBook {
  readonly size: number;
  readonly best: readonly string[];
  readonly warm: readonly string[];
}

/** The candidates of a list: how many each source brought, and what of large books was looked at, which no log tells. */
export interface MadeFrom {
  readonly counts: Readonly<Record<string, number>>;
  /** How many records were looked at. */
  readonly considered: number;
  /** By owner, where the book was too large to be looked at as a whole: its size, and the records that stood best. */
  readonly books: Readonly<Record<string, KnownBook | null>>;
}

/** Large books as the node knew them that made the list. */
export const bookIn =
  ({ books }: MadeFrom) =>
  (owner: string): BookSummary | undefined => {
    const book = books[owner];
    return book ? { size: book.size, best: () => book.best, bestOf: () => book.warm } : undefined;
  };
