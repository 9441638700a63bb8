import type { Feed } from '../feeds/index.ts';

/** A file with a marker beside it, wherever it is. */
export interface Marked {
  readonly feed: Feed;
  readonly day: number;
  readonly file: string;
  /** When the marker came, ms. */
  readonly complete: number;
  /** Changes when file or marker are written again. */
  readonly print: string;
  /** What the marker holds. */
  marker(): Promise<string>;
  /** The file on this machine, until it is freed. */
  fetch(): Promise<{ readonly path: string; free(): void }>;
  /** Whether what was fetched still is the file and has this print. */
  isSame(): boolean;
}

/** Where the files of feeds come in. */
export interface Inbox {
  /** The complete files, by day and by when they became so. A file belongs to the first feed that it fits. */
  look(feeds: readonly Feed[]): Promise<Marked[]>;
}

export const byDay = (a: Marked, b: Marked): number => a.day - b.day || a.complete - b.complete || (a.file < b.file ? -1 : 1);
