import { Fault, quote } from '../base/index.ts';
import type { SubjectId } from '../events/index.ts';

/** Where a lead stands. `unknown`: something happened to it before the CRM told of it. */
export type LeadStatus = 'open' | 'converted' | 'closed' | 'deleted';
const STATUSES = ['unknown', 'open', 'converted', 'closed', 'deleted'] as const;

/** The fixed part of a row, before the regions of the features: status u8 · flags u8 · owner · times f64, NaN is none. */
const DISMISSED = 1;
const OWNER = 2;
const OWNER_BYTES = 38; // a length and up to 37 ASCII characters
const TIMES = OWNER + OWNER_BYTES;
const TIME_NAMES = ['created', 'lastTouch', 'lastEvent', 'snoozedUntil', 'convertedAt', 'closedAt'] as const;

export type TimeName = (typeof TIME_NAMES)[number];
export const HEADER_BYTES = TIMES + 8 * TIME_NAMES.length;

const placeOf = (name: TimeName): number => TIMES + 8 * TIME_NAMES.indexOf(name);
const PLACES = Object.fromEntries(TIME_NAMES.map((name) => [name, placeOf(name)])) as Record<TimeName, number>;

export function initHeader(view: DataView): void {
  for (let at = 0; at < TIMES; at++) view.setUint8(at, 0);
  for (const name of TIME_NAMES) setTime(view, name, null);
}

export const getStatus = (view: DataView): LeadStatus | 'unknown' => STATUSES[view.getUint8(0)] ?? 'unknown';
export const setStatus = (view: DataView, status: LeadStatus): void => view.setUint8(0, STATUSES.indexOf(status));

export const isDismissed = (view: DataView): boolean => (view.getUint8(1) & DISMISSED) !== 0;
export const setDismissed = (view: DataView, state: 'dismissed' | 'listed'): void =>
  view.setUint8(1, state === 'dismissed' ? DISMISSED : 0);

/** Ms, or null. */
export function getTime(view: DataView, name: TimeName): number | null {
  const time = view.getFloat64(PLACES[name], true);
  return Number.isNaN(time) ? null : time;
}

export const setTime = (view: DataView, name: TimeName, time: number | null): void =>
  view.setFloat64(PLACES[name], time ?? NaN, true);

export function getOwner(view: DataView): SubjectId | null {
  const length = view.getUint8(OWNER);
  if (length === 0) return null;
  return Buffer.from(view.buffer, view.byteOffset + OWNER + 1, length).toString('latin1') as SubjectId;
}

/** Throws a Fault when the id is longer than a row can hold: subjects come from the gate and are 23 characters. */
export function setOwner(view: DataView, owner: SubjectId | null): void {
  const text = owner ?? '';
  if (text.length >= OWNER_BYTES) {
    throw new Fault({ kind: 'input', value: quote(text), rule: `an owner id is at most ${OWNER_BYTES - 1} characters`, remedy: 'use a subject id' });
  }
  view.setUint8(OWNER, text.length);
  for (let i = 0; i < OWNER_BYTES - 1; i++) view.setUint8(OWNER + 1 + i, i < text.length ? text.charCodeAt(i) : 0);
}
