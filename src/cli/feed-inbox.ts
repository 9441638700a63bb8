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
  /** What the marker holds. Rejects with a Fault: `conflict` where it is another by now, `missing` where it is gone. */
  marker(): Promise<string>;
  /** The file on this machine, until it is freed. Rejects like `marker`. */
  fetch(): Promise<{ readonly path: string; free(): void }>;
  /** Whether what was fetched still is the file and has this print. */
  isSame(): boolean;
}

/** Where the files of feeds come in. */
export interface Inbox {
  /**
   * The complete files, by day and by when they became so. A file belongs to the first feed that it fits. Days of which a file stands
   * refused (`again`, by feed) are looked at however old they are.
   */
  look(feeds: readonly Feed[], again: ReadonlyMap<string, readonly number[]>): Promise<Marked[]>;
}

export const byDay = (a: Marked, b: Marked): number => a.day - b.day || a.complete - b.complete || (a.file < b.file ? -1 : 1);
