import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, writeFileAtomic } from '../base/index.ts';
import { dayOf, isoDay } from './day.ts';
import { NOTHING, type DayRecord } from './delivery.ts';
import type { Status } from './status.ts';

/** What a cell knows of its feeds: one small file a day of a feed, and one that sums each feed up. */
export interface FeedStore {
  read(feed: string, day: number): DayRecord;
  /** Durable when it returns. */
  write(feed: string, day: number, record: DayRecord): void;
  /** The days of which something was entered. */
  days(feed: string): number[];
  status(feed: string): Status | undefined;
  setStatus(feed: string, status: Status): void;
  /** Forgets how a feed stands; what was taken of it stays known. */
  dropStatus(feed: string): void;
  /** Of every feed that is looked for, by name. */
  statuses(): [string, Status][];
  /** Where the refused rows of a revision are listed. */
  rejects(feed: string, day: number, revision: number): string;
}

const STATUS = 'status.json';

/** Opens the store in a folder, which need not be there. Reading throws a Fault of kind `corrupt` for what is no JSON. */
export function openFeedStore(dir: string): FeedStore {
  const path = (feed: string, day: number): string => join(dir, feed, `${isoDay(day)}.json`);
  const status = (feed: string): Status | undefined => readJson(join(dir, feed, STATUS)) as Status | undefined;
  return {
    read: (feed, day) => (readJson(path(feed, day)) as DayRecord | undefined) ?? NOTHING,
    write: (feed, day, record) => writeFileAtomic(path(feed, day), `${JSON.stringify(record)}\n`),
    days: (feed) => namesIn(join(dir, feed)).flatMap((name) => dayOf(name.replace(/\.json$/u, '')) ?? []),
    status,
    setStatus: (feed, value) => writeFileAtomic(join(dir, feed, STATUS), `${JSON.stringify(value)}\n`),
    dropStatus: (feed) => rmSync(join(dir, feed, STATUS), { force: true }),
    statuses: () => namesIn(dir).flatMap((feed): [string, Status][] => {
      const found = status(feed);
      return found === undefined ? [] : [[feed, found]];
    }),
    rejects: (feed, day, revision) => join(dir, feed, `${isoDay(day)}.r${revision}.rejects.csv`),
  };
}

const namesIn = (dir: string): string[] => (existsSync(dir) ? readdirSync(dir).toSorted() : []);

function readJson(path: string): unknown {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Fault({ kind: 'corrupt', value: path, rule: 'is no JSON', remedy: 'delete the file: what it counts is taken again, and changes nothing twice', cause });
  }
}
