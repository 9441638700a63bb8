import { contentId } from '../base/index.ts';
import { CELL_SUBJECT, serviceEvent, type Event } from '../events/index.ts';
import { eventsOf } from '../log/index.ts';

/** The end of a server's journal at some moment. */
export interface JournalHead {
  readonly server: string;
  /** Its number. */
  readonly segment: number;
  /** Of the segment, up to the end of its last record. */
  readonly bytes: number;
  /** Of the last record, in hex. */
  readonly chain: string;
}

/** That a server's segments up to this one were removed for their age; the next one continues the chain, in hex. */
export type Retired = Omit<JournalHead, 'bytes'>;

/** What the log says of the journals, so that what is cut off a journal is missed. */
export interface Marks {
  readonly anchored: readonly JournalHead[];
  readonly retired: readonly Retired[];
}

export const NO_MARKS: Marks = { anchored: [], retired: [] };

export const anchorEvent = (head: JournalHead, time: number): Event => markEvent('control.journal.anchored', { ...head }, time);
export const retiredEvent = (retired: Retired, time: number): Event => markEvent('control.journal.retired', { ...retired }, time);

/** A mark that is made twice lies in the log twice, under one id, and says the same. */
const markEvent = (type: string, data: Event['data'], time: number): Event =>
  serviceEvent({ id: contentId(`${type} ${JSON.stringify(data)}`), type, subject: CELL_SUBJECT, time, data });

/** All marks of a log. */
export async function marksIn(log: Parameters<typeof eventsOf>[0]): Promise<Marks> {
  const { events } = await eventsOf(log, new Set([CELL_SUBJECT]));
  const said = <T>(type: string): T[] => events.filter((event) => event.type === type).map(({ data }) => data as T);
  return { anchored: said<JournalHead>('control.journal.anchored'), retired: said<Retired>('control.journal.retired') };
}
