import type { SubjectId } from '../events/index.ts';
import { addHeat as addHeatAt, HEAT_BYTES, heatLevel, isStirring as isStirringAt, pourHeat as pourHeatAt } from './heat.ts';
import { ID_BYTES, setId } from './ids.ts';
import { compareStamp, getTie, getTime as readTime, NEVER, setStamp, setTime as writeTime, STAMP_BYTES, TIME_BYTES } from './kinds/stamp.ts';
import { LINKS } from './members.ts';
import type { Entity } from './spec.ts';
import { getSubject } from './subject-text.ts';
import { prefixOf } from './subject.ts';

/** Where a record stands. `unknown`: something happened to it before the CRM told of it. Of an opportunity, won is converted. */
export type Status = 'unknown' | 'open' | 'converted' | 'closed' | 'deleted';

/** The fixed part of a row, before the regions of the features: version (high half) and flags u8 · reps u16 · times · links · heat. */
const VERSION = 5;
const FLAGS = { known: 1, created: 2, deleted: 4, dismissed: 8 } as const;
const REPS = 1;
const TIMES = 3;
const TIME_NAMES = ['created', 'lastTouch', 'lastEvent', 'snoozedUntil', 'convertedAt', 'closedAt', 'reopenedAt'] as const;
const LINKED = TIMES + TIME_BYTES * TIME_NAMES.length;
const LINK_BYTES = STAMP_BYTES + ID_BYTES;
const MOST_LINKS = 4;

export type Flag = keyof typeof FLAGS;
export type TimeName = (typeof TIME_NAMES)[number];
const HEAT = LINKED + MOST_LINKS * LINK_BYTES;
export const HEADER_BYTES = HEAT + HEAT_BYTES;

const PLACES = Object.fromEntries(TIME_NAMES.map((name, i) => [name, TIMES + i * TIME_BYTES])) as Record<TimeName, number>;

export function initHeader(view: DataView): void {
  for (let at = 0; at < HEADER_BYTES; at++) view.setUint8(at, 0);
  view.setUint8(0, VERSION << 4);
}

export const hasFlag = (view: DataView, flag: Flag): boolean => (view.getUint8(0) & FLAGS[flag]) !== 0;
export const raise = (view: DataView, flag: Flag): void => view.setUint8(0, view.getUint8(0) | FLAGS[flag]);
export const lower = (view: DataView, flag: Flag): void => view.setUint8(0, view.getUint8(0) & ~FLAGS[flag]);

/** How many reps a team's row speaks of. */
export const getReps = (view: DataView): number => view.getUint16(REPS, true);
export const setReps = (view: DataView, reps: number): void => view.setUint16(REPS, Math.min(0xffff, reps), true);

/** Ms, or null. */
export function getTime(view: DataView, name: TimeName): number | null {
  const time = readTime(view, PLACES[name]);
  return time === NEVER ? null : time;
}

export const setTime = (view: DataView, name: TimeName, time: number | null): void => writeTime(view, PLACES[name], time ?? NEVER);

/** What events say of where a record stands does not depend on their order. */
export function getStatus(view: DataView): Status {
  if (!hasFlag(view, 'known')) return 'unknown';
  if (hasFlag(view, 'deleted')) return 'deleted';
  if (getTime(view, 'convertedAt') !== null) return 'converted';
  const closed = getTime(view, 'closedAt');
  return closed !== null && closed >= (getTime(view, 'reopenedAt') ?? -Infinity) ? 'closed' : 'open';
}

/** How warm the record is, as `heatLevel` says; and whether it began to stir in the last days. */
export const getHeat = (view: DataView): number => heatLevel(view, HEAT);
export const isStirring = (view: DataView): boolean => isStirringAt(view, HEAT);
export const addHeat = (view: DataView, time: number, warmth: number): void => addHeatAt(view, HEAT, time, warmth);
export const pourHeat = (view: DataView, from: DataView): void => pourHeatAt(view, HEAT, from, HEAT);

const linkPlace = (entity: Entity, link: Entity): number => LINKED + LINKS[entity].indexOf(link) * LINK_BYTES;

/** The subject that a row of `entity` is linked to. */
export function getLink(view: DataView, entity: Entity, link: Entity): SubjectId | null {
  return getSubject(view, linkPlace(entity, link) + STAMP_BYTES, prefixOf(link)) as SubjectId | null;
}

/** Copies the links of a row, and nothing else. */
export function copyLinks(from: DataView, to: DataView): void {
  for (let at = LINKED; at < HEAT; at += 2) to.setUint16(at, from.getUint16(at, true), true);
}

/** Whether two rows of an entity are linked to the same. */
export function isSameLink(a: DataView, b: DataView, entity: Entity, link: Entity): boolean {
  const place = linkPlace(entity, link) + STAMP_BYTES;
  for (let at = place; at < place + ID_BYTES; at += 2) if (a.getUint16(at, true) !== b.getUint16(at, true)) return false;
  return true;
}

/** Links a row, where no later event linked it otherwise; null is to nothing. Throws a Fault for an id that a row cannot hold. */
export function setLink(view: DataView, entity: Entity, link: Entity, to: SubjectId | null, time: number, tie: number): void {
  const place = linkPlace(entity, link);
  if (readTime(view, place) !== NEVER) {
    const order = compareStamp(view, place, time, tie);
    if (order < 0 || (order === 0 && (to ?? '') < (getLink(view, entity, link) ?? ''))) return;
  }
  setId(view, place + STAMP_BYTES, to === null ? null : to.slice(prefixOf(link).length));
  setStamp(view, place, time, tie);
}

/** Copies the fixed part of a row. */
export function copyHeader(from: DataView, to: DataView): void {
  for (let at = 0; at < HEADER_BYTES; at++) to.setUint8(at, from.getUint8(at));
}

/** What decides where a record is listed. */
const LISTING_TIMES = ['created', 'lastTouch', 'convertedAt', 'closedAt', 'reopenedAt'] as const satisfies readonly TimeName[];

/** Whether two headers of one record are alike in all that decides where it is listed. */
export function sameHeader(a: DataView, b: DataView, entity: Entity): boolean {
  if (a.getUint8(0) !== b.getUint8(0) || getHeat(a) !== getHeat(b)) return false;
  for (const name of LISTING_TIMES) if (readTime(a, PLACES[name]) !== readTime(b, PLACES[name])) return false;
  const owner = linkPlace(entity, 'owner') + STAMP_BYTES;
  for (let at = owner; at < owner + ID_BYTES; at++) if (a.getUint8(at) !== b.getUint8(at)) return false;
  return true;
}

/** One word on whether a record is part of another, and when it was said. */
export interface Membership {
  readonly to: SubjectId;
  readonly how: 'in' | 'out';
  readonly time: number;
  /** 16 bits. */
  readonly tie: number;
}

/** What a row says of being part of another record; null where it is part of none. */
export function getMembership(view: DataView, entity: Entity, link: Entity): Membership | null {
  const to = getLink(view, entity, link);
  const place = linkPlace(entity, link);
  return to === null ? null : { to, how: 'in', time: readTime(view, place), tie: getTie(view, place) };
}

/** Links a row, whatever it was linked to. Throws a Fault for an id that a row cannot hold. */
export function putMembership(view: DataView, entity: Entity, link: Entity, held: Membership | null): void {
  const place = linkPlace(entity, link);
  setId(view, place + STAMP_BYTES, held === null ? null : held.to.slice(prefixOf(link).length));
  setStamp(view, place, held?.time ?? NEVER, held?.tie ?? 0);
}
