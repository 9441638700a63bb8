import { DAY } from '../../base/index.ts';
import type { RawEvent } from '../raw.ts';

/** The same event as a broken sender would send it, under an id of its own. */
export function spoil(raw: RawEvent, choice: number): RawEvent {
  const ways = [breakType, breakTime, aheadOfTime, shiftColumn, dropSubject, nestData];
  return ways[choice % ways.length]!({ ...raw, id: `${raw.id}.x` });
}

const breakType = (raw: RawEvent): RawEvent => ({ ...raw, type: `${raw.type.replace(/\.v\d+$/u, '')}_beta` });
const breakTime = (raw: RawEvent): RawEvent => ({ ...raw, time: raw.time.slice(0, 10) });
/** A clock that is a month ahead of any start of a demonstration. */
const aheadOfTime = (raw: RawEvent): RawEvent => ({ ...raw, time: new Date(Date.parse(raw.time) + 36_500 * DAY).toISOString() });
/** A name stands where a number belongs. */
const shiftColumn = (raw: RawEvent): RawEvent => ({ ...raw, time: `${raw.subject} Example`, data: { ...raw.data, seconds: 'Anna Example' } });
const dropSubject = (raw: RawEvent): RawEvent => ({ ...raw, subject: '' });
const nestData = (raw: RawEvent): RawEvent => ({ ...raw, data: [raw.data] as never });
