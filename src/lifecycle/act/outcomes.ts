import { DAY } from '../../base/index.ts';
import type { LoggedEvent } from '../../events/index.ts';
import type { TargetName } from '../../features/index.ts';

/** What became of records, as far as effects need it. Times in ms, ascending. */
export interface Outcomes {
  /** When a record converted, or was won; undefined where it did not. */
  convertedAt(subject: string): number | undefined;
  /** Whether somebody did this kind of thing with a record within a day after a time. */
  wasDone(kind: string, subject: string, time: number): boolean;
}

const DONE: Readonly<Record<string, string>> = { 'call.logged': 'call', 'email.sent': 'email', 'meeting.booked': 'meeting' };

const REACHED: Readonly<Record<TargetName, string>> = { lead: 'lead.converted', opportunity: 'opportunity.won' };

/** Reads outcomes, and what reps did, off events. */
export function outcomesOf(events: Iterable<LoggedEvent>, target: TargetName): Outcomes {
  const converted = new Map<string, number>();
  const done = new Map<string, number[]>();
  for (const { type, subject, time, data } of events) {
    if (type === REACHED[target]) converted.set(subject, Math.min(time, converted.get(subject) ?? Infinity));
    const kind = DONE[type];
    if (kind === undefined || data['purpose'] === 'marketing' || data['direction'] === 'inbound') continue;
    const key = `${kind} ${subject}`;
    const times = done.get(key);
    if (times === undefined) done.set(key, [time]);
    else times.push(time);
  }
  const within = (kind: string, subject: string, time: number): boolean => (done.get(`${kind} ${subject}`) ?? []).some((at) => at > time && at <= time + DAY);
  return {
    convertedAt: (subject) => converted.get(subject),
    wasDone: (kind, subject, time) => (kind === 'wait' ? !Object.values(DONE).some((one) => within(one, subject, time)) : within(kind, subject, time)),
  };
}
