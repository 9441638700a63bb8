import { perText } from '../base/index.ts';
import type { LoggedEvent, SubjectId } from '../events/index.ts';
import { addHeat, getMembership, getTime, hasFlag, isSameLink, lower, pourHeat, putMembership, raise, setLink, setTime, type TimeName } from './header.ts';
import { warmthOf } from './heat.ts';
import { LINKS } from './members.ts';
import { isRevocable, type Memberships } from './memberships.ts';
import type { Entity } from './spec.ts';

/** What a rep does for a record. */
const TOUCHES = new Set(['call.logged', 'email.sent', 'meeting.held']);
/** What leadrank and its users say about a record; nothing that happened to it. */
const isTalk = perText((type) => /^(impression|feedback|control)\./u.test(type));

/**
 * Applies one event to the fixed part of a row: where the record stands, whose it is, what it is linked to, what its rep said of it.
 * `links` are those of the row before, where `mayLink` says that they may change.
 */
export function tell(row: DataView, entity: Entity, event: LoggedEvent, tie: number, { memberships, links }: { memberships: Memberships; links: DataView | null }): void {
  if (isOwn(entity, event.type)) appear(row, event);
  EFFECTS[event.type]?.(row, event);
  if (links !== null) {
    link(row, entity, event, tie, memberships);
    if (LINKS[entity].includes('owner') && !isSameLink(links, row, entity, 'owner')) welcome(row);
  }
  tellActivity(row, event);
}

/** What an event of a subject that became this record says of it: that something happened, no more. */
export function tellActivity(row: DataView, event: LoggedEvent): void {
  const { type, time } = event;
  if (isTalk(type)) return;
  const warmth = warmthOf(event);
  if (warmth > 0) addHeat(row, time, warmth);
  latest(row, 'lastEvent', time);
  if (TOUCHES.has(type)) latest(row, 'lastTouch', time);
}

/** Joins what happened to a subject with what happened to the record that it became. */
export function pourTold(row: DataView, from: DataView): void {
  for (const name of ['lastEvent', 'lastTouch'] as const) {
    const time = getTime(from, name);
    if (time !== null) latest(row, name, time);
  }
  pourHeat(row, from);
}

/** Whether the CRM tells of the record itself, not of what is done with it. */
const isOwn = (entity: Entity, type: string): boolean => type.startsWith(entity) && type.charCodeAt(entity.length) === DOT;
const DOT = 46;

type Effect = (row: DataView, event: LoggedEvent) => void;

const converted: Effect = (row, { time }) => setTime(row, 'convertedAt', Math.min(time, getTime(row, 'convertedAt') ?? Infinity));
const closed: Effect = (row, { time }) => latest(row, 'closedAt', time);
const reopened: Effect = (row, { time }) => latest(row, 'reopenedAt', time);
const deleted: Effect = (row) => raise(row, 'deleted');

const EFFECTS: Record<string, Effect> = {
  'lead.converted': converted,
  'opportunity.won': converted,
  'lead.closed': closed,
  'opportunity.lost': closed,
  'lead.reopened': reopened,
  'opportunity.reopened': reopened,
  'lead.deleted': deleted,
  'opportunity.deleted': deleted,
  'contact.deleted': deleted,
  'account.deleted': deleted,
  'campaign.deleted': deleted,
  'feedback.given'(row, { data, time }) {
    const { action, until } = data;
    if (action === 'dismiss') raise(row, 'dismissed');
    if (action === 'snooze') setTime(row, 'snoozedUntil', typeof until === 'number' ? until : null);
    if (action === 'accept' || action === 'done') lower(row, 'dismissed');
    if (action === 'done') latest(row, 'lastTouch', time);
  },
};

/** The CRM told of the record: by its creation, or, where a feed began late, by any other word, the earliest of which counts. */
function appear(row: DataView, { type, time }: LoggedEvent): void {
  raise(row, 'known');
  if (type.endsWith('.created')) {
    const before = hasFlag(row, 'created') ? getTime(row, 'created')! : Infinity;
    raise(row, 'created');
    setTime(row, 'created', Math.min(time, before));
  } else if (!hasFlag(row, 'created')) setTime(row, 'created', Math.min(time, getTime(row, 'created') ?? Infinity));
}

const FIELDS: Readonly<Partial<Record<Entity, string>>> = {
  owner: 'owner', account: 'account', campaign: 'campaign_id', opportunity: 'opportunity', contact: 'contact',
};
const LINK_FIELDS = Object.values(FIELDS);
/** Events of others that link a record. */
const LINKING = new Set(['campaign.member_added', 'link.lead']);
const UNLINKING = new Set(['contact.role_removed', 'campaign.member_removed']);

/** Whether an event may change what a record is linked to. */
export const mayLink = (entity: Entity, { type, data }: Pick<LoggedEvent, 'type' | 'data'>): boolean =>
  (isOwn(entity, type) || LINKING.has(type) || UNLINKING.has(type)) && LINK_FIELDS.some((field) => data[field] !== undefined);

function link(row: DataView, entity: Entity, event: LoggedEvent, tie: number, memberships: Memberships): void {
  const { type, subject, time, data } = event;
  const leaves = UNLINKING.has(type);
  for (const to of LINKS[entity]) {
    const id = data[FIELDS[to]!];
    if (typeof id !== 'string') continue;
    if (isRevocable(entity, to)) {
      const word = { to: id as SubjectId, how: leaves ? 'out' : 'in', time, tie: tie & 0xffff } as const;
      putMembership(row, entity, to, memberships.enter(subject, to, word, getMembership(row, entity, to)));
      continue;
    }
    setLink(row, entity, to, id as SubjectId, time, tie);
  }
}

/** A new owner starts without the old one's dismissal and snooze. */
function welcome(row: DataView): void {
  lower(row, 'dismissed');
  setTime(row, 'snoozedUntil', null);
}

function latest(row: DataView, name: TimeName, time: number): void {
  setTime(row, name, Math.max(time, getTime(row, name) ?? -Infinity));
}
