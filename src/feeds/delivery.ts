import { MINUTE } from '../base/index.ts';

/** How far one file came. */
export interface Delivery {
  /** Changes when the file or its marker is written again. */
  readonly print: string;
  /** SHA-256 of the bytes; empty where they were not read. */
  readonly hash: string;
  readonly revision: number;
  /** When the file was complete, ms: what its rows are known from. */
  readonly complete: number;
  readonly rows: number;
  readonly state: 'taking' | 'taken' | 'refused';
  /** Rows whose events are in the log, while it is being taken. */
  readonly next: number;
  readonly rejected: number;
  /** Why it was refused. */
  readonly reason: string | null;
}

/** What was delivered for one day of a feed. */
export interface DayRecord {
  /** The newest that was begun; 0 before the first. */
  readonly revision: number;
  /** Of that revision, ms. */
  readonly complete: number;
  /** The bytes that were taken last. */
  readonly hash: string;
  readonly files: Readonly<Record<string, Delivery>>;
}

export const NOTHING: DayRecord = { revision: 0, complete: 0, hash: '', files: {} };

/** A complete file as it was found. */
export interface Found {
  readonly file: string;
  readonly print: string;
  readonly hash: string;
  readonly complete: number;
  readonly rows: number;
}

/** Files that say what the day's record holds already are entered and not taken; any other is a new revision of the day. */
export function enter(record: DayRecord, { file, print, hash, complete, rows }: Found): { record: DayRecord; take: Delivery | null } {
  const own = Object.hasOwn(record.files, file) ? record.files[file] : undefined;
  if (own?.hash === hash && own.state === 'taking') return { record, take: { ...own, print } };
  const isTaken = own?.hash === hash && own.state === 'taken';
  if (isTaken || record.hash === hash) {
    const same = isTaken ? { ...own, print } : { ...fresh(record.revision, record.complete), rejected: 0, state: 'taken' as const };
    return { record: withFile(record, file, same), take: null };
  }
  // Of rows of one day that with the later minute counts.
  const take = fresh(record.revision + 1, Math.max(complete, record.revision === 0 ? 0 : record.complete + MINUTE));
  return { record: { ...withFile(record, file, take), revision: take.revision, complete: take.complete }, take };

  function fresh(revision: number, from: number): Delivery {
    return { print, hash, revision, complete: from, rows, state: 'taking', next: 0, rejected: 0, reason: null };
  }
}

/** The record with how far a file came. What is taken as a whole becomes what the day holds. */
export function withFile(record: DayRecord, file: string, delivery: Delivery): DayRecord {
  const isNew = delivery.state === 'taken' && delivery.revision === record.revision;
  return { ...record, ...(isNew && { hash: delivery.hash }), files: { ...record.files, [file]: delivery } };
}

/** The record with a file that was not taken, and why. */
export function withRefused(record: DayRecord, file: string, print: string, reason: string): DayRecord {
  const refused: Delivery = { print, hash: '', revision: 0, complete: 0, rows: 0, state: 'refused', next: 0, rejected: 0, reason };
  return { ...record, files: { ...record.files, [file]: refused } };
}

/** The record without a file. */
export function withoutFile(record: DayRecord, file: string): DayRecord {
  return { ...record, files: Object.fromEntries(Object.entries(record.files).filter(([name]) => name !== file)) };
}

export const isDelivered = ({ files }: DayRecord): boolean => Object.values(files).some(({ state }) => state === 'taken');
