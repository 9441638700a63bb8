import type { SubjectId } from '../events/index.ts';
import { DAY } from '../base/index.ts';
import { dropEnded, endedSince } from './ended.ts';
import { copyHeader, getHeat, getLink, getStatus, getTime, HEADER_BYTES, sameHeader, type Status } from './header.ts';
import { moveLanes, NOT_PLACED, type Placing } from './lanes.ts';
import { dueOf, territoriesOf, type Notes } from './notes.ts';
import type { NotesInHand } from './notes-in-hand.ts';
import { createRowSlots, type RowSlot } from './row-slots.ts';
import type { Counts } from './state.ts';
import { readPosition } from './position.ts';
import type { Store } from './store.ts';
import { targetOf } from './targets.ts';

/** The counts and the lists in which open leads and opportunities stand; brought up to date once a transaction. */
export interface Listings {
  /** Notes where a record stands, before the first of a transaction that may move it. */
  before(subject: SubjectId): void;
  /** Moves what stands elsewhere by now. */
  settle(): void;
  /** Forgets what was noted. */
  drop(): void;
}

export interface ListingParts {
  readonly store: Pick<Store, 'lanes' | 'owned' | 'meta'>;
  readonly row: (subject: SubjectId) => DataView | undefined;
  readonly notes: Pick<NotesInHand, 'get' | 'stored' | 'isChanged'>;
  readonly counts: () => Counts;
  /** When the newest event was received, ms. */
  readonly received: () => number | null;
}

/** What decides the lists and counts of a record. */
type Standing = Placing & { readonly status: Status };
const NOWHERE_YET: Standing = { ...NOT_PLACED, status: 'unknown' };

export function createListings({ store: { lanes, owned, meta }, row, notes, counts, received }: ListingParts): Listings {
  /** Copies of the headers of records as they were; null where there was no row. */
  const places = new Map<SubjectId, RowSlot | null>();
  const slots = createRowSlots();
  /** The first day whose ends stand in the lists; undefined: as the store has it. */
  let since: number | undefined;

  const relist = (subject: SubjectId, before: Standing, after: Standing): void => {
    moveLanes(lanes, subject, before, after);
    if (before.status === after.status && before.owner === after.owner) return;
    if (targetOf(subject) === 'lead') {
      const of = counts();
      of.leads += Number(after.status !== 'unknown') - Number(before.status !== 'unknown');
      of.open += Number(after.status === 'open') - Number(before.status === 'open');
    }
    if (before.status === 'open' && before.owner !== null) owned.remove(before.owner, subject);
    if (after.status === 'open' && after.owner !== null) owned.add(after.owner, subject);
  };

  const settleOne = (subject: SubjectId, header: DataView | undefined): void => {
    const now = row(subject);
    if (header !== undefined && now !== undefined && !notes.isChanged(subject) && sameHeader(header, now, targetOf(subject)!)) return;
    const said = notes.stored(subject);
    const standing = (of: DataView | undefined, notesOf: Notes): Standing => standingOf(subject, of, { notes: notesOf, since: since! });
    relist(subject, standing(header, said), standing(now, notes.isChanged(subject) ? notes.get(subject) : said));
  };

  const clear = (): void => {
    for (const slot of places.values()) if (slot !== null) slots.give(slot);
    places.clear();
  };

  return {
    before(subject) {
      if (places.has(subject)) return;
      const now = row(subject);
      if (now === undefined) return void places.set(subject, null);
      const slot = slots.take(HEADER_BYTES);
      copyHeader(now, slot.view);
      places.set(subject, slot);
    },
    settle() {
      const before = since ?? endedSince(readPosition(meta)?.received ?? null);
      since = endedSince(received());
      dropEnded(lanes, before, since);
      for (const [subject, slot] of places) settleOne(subject, slot?.view);
      clear();
    },
    drop() {
      since = undefined;
      clear();
    },
  };
}

/** `since`: the first day whose ends are listed. */
function standingOf(subject: SubjectId, header: DataView | undefined, { notes, since }: { notes: Notes; since: number }): Standing {
  if (header === undefined) return NOWHERE_YET;
  const [status, owner] = [getStatus(header), getLink(header, targetOf(subject)!, 'owner')];
  if (status !== 'open') {
    const ended = endOf(status, header);
    return { ...NOT_PLACED, status, owner, ended: ended !== null && ended.at >= since * DAY ? ended : null };
  }
  const lastTouch = getTime(header, 'lastTouch');
  return {
    status,
    open: true,
    owner,
    territories: territoriesOf(notes.territory?.[2]),
    heat: getHeat(header),
    due: dueOf(notes, lastTouch),
    untouchedSince: lastTouch === null ? getTime(header, 'created') : null,
    ended: null,
  };
}

/** How and when a record was converted, won, lost or closed; null for one that was not. */
function endOf(status: Status, header: DataView): Placing['ended'] {
  if (status !== 'converted' && status !== 'closed') return null;
  const at = getTime(header, status === 'converted' ? 'convertedAt' : 'closedAt');
  return at === null ? null : { as: status, at };
}
