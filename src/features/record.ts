import type { SubjectId } from '../events/index.ts';
import { getOwner, getStatus, getTime, isDismissed } from './header.ts';
import type { Layout } from './layout.ts';
import { SOURCES } from './sources.ts';
import type { LeadRecord, SourceAge } from './state.ts';
import { readVector } from './vector.ts';

/** A row as a record; undefined while the CRM has not told of the lead. The row must not change afterwards. */
export function readRecord(
  layout: Layout,
  subject: SubjectId,
  row: DataView,
  feeds: Readonly<Record<string, number>>,
): LeadRecord | undefined {
  const status = getStatus(row);
  if (status === 'unknown') return undefined;
  return {
    subject,
    owner: getOwner(row),
    status,
    created: getTime(row, 'created')!,
    lastTouch: getTime(row, 'lastTouch'),
    lastEvent: getTime(row, 'lastEvent')!,
    snoozedUntil: getTime(row, 'snoozedUntil'),
    dismissed: isDismissed(row),
    convertedAt: getTime(row, 'convertedAt'),
    closedAt: getTime(row, 'closedAt'),
    vector: (now) => readVector(layout, row, now),
    sources: (now) => sourceAges(layout, feeds, now),
  };
}

function sourceAges(layout: Layout, feeds: Readonly<Record<string, number>>, now: number): SourceAge[] {
  const named = new Set(layout.features.map((spec) => spec.source));
  const ages: SourceAge[] = [];
  for (const { name, freshness } of SOURCES) {
    const newest = feeds[name];
    if (newest === undefined || !named.has(name)) continue;
    const ageMs = Math.max(0, now - newest);
    ages.push({ source: name, ageMs, stale: ageMs > freshness });
  }
  return ages;
}
