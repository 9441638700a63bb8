import type { SubjectId } from '../events/index.ts';
import type { Fold } from './fold.ts';
import { getHeat, getLink, getStatus, getTime, hasFlag, isStirring } from './header.ts';
import { dueOf, territoriesOf, type Notes } from './notes.ts';
import { LINKS } from './members.ts';
import type { Linked } from './reading.ts';
import { SOURCES } from './sources.ts';
import type { LeadRecord, SourceAge } from './state.ts';
import { readVector } from './vector.ts';

/** What a row says, with the rows that it is linked to. They must not change afterwards. */
export interface RecordParts {
  readonly fold: Fold;
  readonly subject: SubjectId;
  readonly row: DataView;
  readonly linked: Linked;
  readonly notes: Notes;
  /** The newest time at which each feed made something known, ms. */
  readonly feeds: Readonly<Record<string, number>>;
}

/** A row as a record; undefined while the CRM has not told of it. */
export function readRecord({ fold, subject, row, linked, notes, feeds }: RecordParts): LeadRecord | undefined {
  const status = getStatus(row);
  if (status === 'unknown') return undefined;
  const [lastTouch, lastEvent] = (['lastTouch', 'lastEvent'] as const).map((name) => newestOf(name, fold, row, linked)) as [number | null, number | null];
  return {
    subject,
    owner: getLink(row, fold.entity, 'owner'),
    status,
    created: getTime(row, 'created')!,
    lastTouch,
    lastEvent: lastEvent!,
    snoozedUntil: getTime(row, 'snoozedUntil'),
    dismissed: hasFlag(row, 'dismissed'),
    convertedAt: getTime(row, 'convertedAt'),
    closedAt: getTime(row, 'closedAt'),
    account: LINKS[fold.entity].includes('account') ? getLink(row, fold.entity, 'account') : null,
    person: (notes.person?.[2] ?? null) as SubjectId | null,
    territories: territoriesOf(notes.territory?.[2]),
    heat: getHeat(row),
    stirring: isStirring(row),
    due: dueOf(notes, lastTouch),
    objected: notes.objection?.[2] ?? false,
    dismissedAt: notes.dismissed?.[0] ?? null,
    acceptedAt: notes.accepted ?? null,
    disputed: disputeOf(notes),
    vector: (now) => readVector(fold, row, now, linked, feeds),
    sources: (now) => sourceAges(fold.sources, feeds, now),
  };
}

/** A rep touches an opportunity by its contact: what happened to the contact since it was opened counts. Ms, or null. */
function newestOf(name: 'lastTouch' | 'lastEvent', { entity }: Fold, row: DataView, { contact }: Linked): number | null {
  const own = getTime(row, name);
  const theirs = entity === 'opportunity' && contact !== undefined ? getTime(contact.view, name) : null;
  return theirs !== null && theirs >= getTime(row, 'created')! && theirs > (own ?? -Infinity) ? theirs : own;
}

/** How old the feeds are that features rest on, in the order of `SOURCES`; one that never brought anything is not listed. */
export function sourceAges(named: readonly string[], feeds: Readonly<Record<string, number>>, now: number): SourceAge[] {
  const ages: SourceAge[] = [];
  for (const { name, freshness } of SOURCES) {
    const newest = feeds[name];
    if (newest === undefined || !named.includes(name)) continue;
    const ageMs = Math.max(0, now - newest);
    ages.push({ source: name, ageMs, stale: ageMs > freshness });
  }
  return ages;
}

function disputeOf({ disputed }: Notes): LeadRecord['disputed'] {
  if (disputed === undefined) return null;
  const [reason, theme] = disputed[2].split('|');
  return { at: disputed[0], reason: reason!, theme: theme ?? '' };
}
