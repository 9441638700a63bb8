import type { EventSchema } from '../schema.ts';
import { typesOf } from './define.ts';
import { classOf, coarsened, employee, minutes, number, oneOf, reference, required, seconds, time } from './fields.ts';

const RECORDS = ['lead', 'contact', 'opportunity', 'account'] as const;

const call = typesOf({ kinds: RECORDS, scopes: ['telephony', 'crm'] });
const meeting = typesOf({ kinds: [...RECORDS, 'visitor'], scopes: ['crm', 'telephony'] });

const MEETING = {
  channel: classOf(1, ['online', 'phone', 'in_person']),
  starts: time(2),
  minutes: minutes(3),
  user: employee(4),
  opportunity: reference(5, 'opportunity'),
  /** Of the other side. */
  attendees: number(6, 0, 10_000),
  /** Of the most senior of them. */
  title: coarsened(7, 'seniority'),
  purpose: classOf(8, ['discovery', 'demo', 'proposal', 'negotiation', 'review']),
};
const by = oneOf(9, ['us', 'them']);

export const TALK_EVENTS: readonly EventSchema[] = [
  call(30, 'call.logged', {
    outcome: required(oneOf(1, ['connected', 'voicemail', 'no_answer'])),
    seconds: seconds(2),
    direction: oneOf(3, ['inbound', 'outbound']),
    user: employee(4),
    opportunity: reference(5, 'opportunity'),
  }),
  meeting(31, 'meeting.booked', MEETING),
  meeting(32, 'meeting.held', MEETING),
  meeting(33, 'meeting.cancelled', { ...MEETING, by }),
  /** The other side did not come. */
  meeting(34, 'meeting.missed', MEETING),
  meeting(35, 'meeting.moved', { ...MEETING, by }),
];
