import type { LoggedEvent, SubjectId } from '../events/index.ts';
import { getOwner, getStatus, getTime, setDismissed, setOwner, setStatus, setTime } from './header.ts';

/** What a rep does for a lead. */
const TOUCHES = new Set(['call.logged', 'email.sent', 'meeting.held']);
/** What leadrank and its users say about a lead; nothing that happened to it. */
const TALK = /^(impression|feedback|control)\./u;

/** Applies one event to the fixed part of a lead's row: where it stands, whose it is, what its rep said of it. */
export function foldLead(row: DataView, event: LoggedEvent): void {
  EFFECTS[event.type]?.(row, event);
  if (TALK.test(event.type)) return;
  setTime(row, 'lastEvent', Math.max(event.time, getTime(row, 'lastEvent') ?? -Infinity));
  if (TOUCHES.has(event.type)) touch(row, event.time);
}

const EFFECTS: Record<string, (row: DataView, event: LoggedEvent) => void> = {
  'lead.created'(row, event) {
    appear(row, event);
    setTime(row, 'created', event.time);
    own(row, event);
  },
  'lead.changed'(row, event) {
    appear(row, event);
    own(row, event);
  },
  'lead.converted'(row, event) {
    appear(row, event);
    if (getStatus(row) === 'deleted') return;
    setStatus(row, 'converted');
    setTime(row, 'convertedAt', getTime(row, 'convertedAt') ?? event.time);
  },
  'lead.closed'(row, event) {
    appear(row, event);
    if (getStatus(row) !== 'open') return;
    setStatus(row, 'closed');
    setTime(row, 'closedAt', event.time);
  },
  'lead.deleted'(row, event) {
    appear(row, event);
    setStatus(row, 'deleted');
  },
  'feedback.given'(row, { data, time }) {
    const { action, until } = data;
    if (action === 'dismiss') setDismissed(row, 'dismissed');
    if (action === 'snooze') setTime(row, 'snoozedUntil', typeof until === 'number' ? until : null);
    if (action === 'accept' || action === 'done') setDismissed(row, 'listed');
    if (action === 'done') touch(row, time);
  },
};

/** The CRM told of the lead for the first time: by its creation, or, where a feed began late, by any change. */
function appear(row: DataView, event: LoggedEvent): void {
  if (getStatus(row) !== 'unknown') return;
  setStatus(row, 'open');
  setTime(row, 'created', event.time);
}

/** A new owner starts without the old one's dismissal and snooze. */
function own(row: DataView, event: LoggedEvent): void {
  const owner = event.data['owner'];
  if (typeof owner !== 'string' || owner === getOwner(row)) return;
  setOwner(row, owner as SubjectId);
  setDismissed(row, 'listed');
  setTime(row, 'snoozedUntil', null);
}

const touch = (row: DataView, time: number): void =>
  setTime(row, 'lastTouch', Math.max(time, getTime(row, 'lastTouch') ?? -Infinity));
