import { DAY } from '../base/index.ts';
import type { SubjectId } from '../events/index.ts';
import type { Index } from './store.ts';
import { newestFirst } from './time-text.ts';

/**
 * What owners had that ended lately, by the day on which it did (days since 1970, UTC) and, within a day, by owner, the newest first. What ended more
 * than so many days before the newest event came in is taken out as days pass, so that the lists stay as long as what ends in that time.
 */
export const ENDED_DAYS = 14;

const dayOf = (time: number): number => Math.floor(time / DAY);
const keyOf = (day: number): string => `ended:${day}`;

/** The first day whose ends are kept, where the newest event was received at `received`, ms; null: before any. */
export const endedSince = (received: number | null): number => (received === null ? -Infinity : dayOf(received) - ENDED_DAYS);

/** How it ended: a lead converted, or an opportunity won; or a lead disqualified, or an opportunity lost. */
export type EndedAs = 'converted' | 'closed';

export interface Ended {
  readonly subject: SubjectId;
  readonly as: EndedAs;
}

/** Where a record that ended at a time, ms, stands among those of its owner. */
export const endedPlace = (owner: SubjectId, { subject, as }: Ended, at: number): readonly [key: string, member: string] =>
  [keyOf(dayOf(at)), `${owner}.${newestFirst(at)}.${subject}.${as}`];

/** When, ms: the newest are no later than before `until`, the oldest no earlier than `from`, and no more than `ENDED_DAYS` days before. */
export interface EndedRange {
  readonly from: number;
  readonly until: number;
  readonly limit: number;
}

/** What an owner had that ended, the newest first; no row of a record is read for it. */
export function readEnded(lists: Index, owner: SubjectId, { from, until, limit }: EndedRange): Ended[] {
  const found: Ended[] = [];
  const newest = dayOf(until - 1);
  const bounds = { from: `${owner}.${newestFirst(until - 1)}`, to: `${owner}.${newestFirst(from - 1)}` };
  for (let day = newest; day >= Math.max(dayOf(from), newest - ENDED_DAYS) && found.length < limit; day--) {
    const members = lists.range(keyOf(day), { ...bounds, limit: limit - found.length });
    for (const member of members) {
      const [, , subject, as] = member.split('.');
      found.push({ subject: subject as SubjectId, as: as as EndedAs });
    }
  }
  return found;
}

/** Takes out what ended from one day on, up to another, which stays. */
export function dropEnded(lists: Index, from: number, to: number): void {
  if (from === -Infinity) return; // nothing was there
  for (let day = from; day < to; day++) {
    const key = keyOf(day);
    for (const member of lists.members(key)) lists.remove(key, member);
  }
}

/** Whether a row of the lists is of something that ended before a day. */
export function isEndedBefore(row: string, since: number): boolean {
  return row.startsWith('ended:') && Number(row.slice('ended:'.length, row.indexOf(' '))) < since;
}
