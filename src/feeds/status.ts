import { isoDay } from './day.ts';
import { isDelivered, type DayRecord } from './delivery.ts';
import { outstanding, type Expected, type Outstanding } from './outstanding.ts';

/** A feed in sum: enough to tell what is late without its loader and without its folder. */
export interface Status {
  readonly expected: Expected;
  readonly delivered: readonly number[];
  /** Files that could not be taken, and why. */
  readonly refused: readonly { readonly day: number; readonly file: string; readonly reason: string }[];
  /** Rows that the gate refused, over all deliveries. */
  readonly rejectedRows: number;
}

/** Sums up the records of a feed's days. */
export function statusOf(expected: Expected, days: Iterable<readonly [number, DayRecord]>): Status {
  const delivered: number[] = [];
  const refused: { day: number; file: string; reason: string }[] = [];
  let rejectedRows = 0;
  for (const [day, record] of days) {
    if (isDelivered(record)) delivered.push(day);
    for (const [file, { state, reason, rejected }] of Object.entries(record.files)) {
      if (state === 'refused') refused.push({ day, file, reason: reason ?? '' });
      else rejectedRows += rejected;
    }
  }
  return { expected, delivered: delivered.toSorted((a, b) => a - b), refused, rejectedRows };
}

export const outstandingOf = ({ expected, delivered }: Status, now: number): Outstanding[] => outstanding(expected, new Set(delivered), now);

/** What an operator should know of a feed: that a file did not come, or was not taken. */
export interface Alarm {
  readonly what: 'outstanding' | 'refused';
  readonly line: string;
}

/** None where all is well. */
export function alarmsOf(feed: string, status: Status, now: number): Alarm[] {
  const absent = outstandingOf(status, now).map(({ day, state, due }) => `feed ${feed}: the file of ${isoDay(day)} is ${state}, it was due ${new Date(due).toISOString().slice(0, 16)}Z`);
  const refused = status.refused.map(({ file, reason }) => `feed ${feed}: ${file} was not taken: ${reason}`);
  return [...absent.map((line): Alarm => ({ what: 'outstanding', line })), ...refused.map((line): Alarm => ({ what: 'refused', line }))];
}
