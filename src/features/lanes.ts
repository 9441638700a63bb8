import type { SubjectId } from '../events/index.ts';
import { endedPlace, type EndedAs } from './ended.ts';
import type { Due } from './notes.ts';
import type { Index } from './store.ts';
import { newestFirst, oldestFirst } from './time-text.ts';

/**
 * An ordered list of the open leads of one shelf, so that the first of them are found without reading the rest: the warmest
 * first, the soonest due first, or, of those that nobody has been in touch with, the newest first.
 */
export type Lane = 'heat' | 'due' | 'new';

/** Where leads stand together: those of an owner, by the owner's subject, or those of nobody in a territory. */
export type Shelf = string;

/** The shelf of what nobody owns in a territory. */
export const shelfOf = (territory: string): Shelf => `tr_${encodeURIComponent(territory)}`;

/** The shelf of what nobody owns and is in no territory. */
export const NOWHERE: Shelf = 'tr_';

/** What decides the lanes of a lead. */
export interface Placing {
  readonly open: boolean;
  readonly owner: SubjectId | null;
  readonly territories: readonly string[];
  readonly heat: number;
  readonly due: Due | null;
  /** When it came in, for a lead that nobody has been in touch with; ms. */
  readonly untouchedSince: number | null;
  /** How and when, ms, it was converted, won, lost or closed, for one that was lately. */
  readonly ended: { readonly as: EndedAs; readonly at: number } | null;
}

export const NOT_PLACED: Placing = { open: false, owner: null, territories: [], heat: 0, due: null, untouchedSince: null, ended: null };

/** Moves a lead from where one placing has it to where another has it; rows that stay are not written. */
export function moveLanes(lanes: Pick<Index, 'add' | 'remove'>, subject: SubjectId, before: Placing, after: Placing): void {
  if (isSame(before, after)) return;
  const [old, next] = [placesOf(subject, before), placesOf(subject, after)];
  for (const place of old) if (!has(next, place)) lanes.remove(...place);
  for (const place of next) if (!has(old, place)) lanes.add(...place);
}

const isSame = (a: Placing, b: Placing): boolean =>
  a.open === b.open && a.owner === b.owner && a.heat === b.heat && a.due?.at === b.due?.at && a.untouchedSince === b.untouchedSince
  && a.ended?.at === b.ended?.at && a.ended?.as === b.ended?.as && a.territories.join(';') === b.territories.join(';');

/** The first of a lane, in its order; `until`, ms, ends the lane `due` before what falls due later. */
export function readLane(lanes: Index, lane: Lane, shelf: Shelf, { limit, from, until, least }: LaneRange): SubjectId[] {
  const pairs = lanes.range(`${lane}:${shelf}`, {
    limit,
    ...(from !== undefined && { from: oldestFirst(from) }),
    ...(until !== undefined && { to: oldestFirst(until) }),
    ...(least !== undefined && { to: coldness(least - 1) }),
  });
  return pairs.map((member) => member.slice(member.indexOf('.') + 1) as SubjectId);
}

export interface LaneRange {
  limit: number;
  /** Of the lane `due`: no earlier than this, ms. */
  from?: number;
  until?: number;
  /** Of the lane `heat`: no colder than this level. */
  least?: number;
}

type Place = readonly [key: string, member: string];

const has = (places: readonly Place[], [key, member]: Place): boolean => places.some((place) => place[0] === key && place[1] === member);

const HOTTEST = 0xffff;

function placesOf(subject: SubjectId, { open, owner, territories, heat, due, untouchedSince, ended }: Placing): Place[] {
  if (!open) return owner === null || ended === null ? [] : [endedPlace(owner, { subject, as: ended.as }, ended.at)];
  const places: Place[] = [];
  const shelves = owner !== null ? [owner] : territories.length > 0 ? territories.map(shelfOf) : [NOWHERE];
  for (const shelf of shelves) {
    // An owner's cold leads are found in the list of all that is owned; what nobody owns has no such list.
    if (heat > 0 || owner === null) places.push([`heat:${shelf}`, `${coldness(heat)}.${subject}`]);
    if (due !== null) places.push([`due:${shelf}`, `${oldestFirst(due.at)}.${subject}`]);
    if (untouchedSince !== null) places.push([`new:${shelf}`, `${newestFirst(untouchedSince)}.${subject}`]);
  }
  return places;
}

/** Ascending as text as heat falls. */
const coldness = (heat: number): string => (HOTTEST - Math.max(0, heat)).toString(16).padStart(4, '0');
