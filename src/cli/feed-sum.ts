import { DAY } from '../base/index.ts';
import { statusOf, withoutFile, type Feed, type FeedStore, type Status } from '../feeds/index.ts';
import type { Marked } from './feed-inbox.ts';

/**
 * Writes down how each feed stands, for whoever watches, and returns it by name. A feed without a first day is expected from the day
 * before it was first looked for; one that is declared no more is watched no more.
 */
export function sumUp(store: FeedStore, feeds: readonly Feed[], now: number): Map<string, Status> {
  const standing = new Map<string, Status>();
  for (const { name, dueHours, weekdays, skip, since } of feeds) {
    const days = store.days(name);
    const first = since ?? store.status(name)?.expected.since ?? Math.floor(now / DAY) - 1;
    const status = statusOf({ dueHours, weekdays, skip, since: first }, days.map((day) => [day, store.read(name, day)] as const));
    store.setStatus(name, status);
    standing.set(name, status);
  }
  for (const [name] of store.statuses()) if (!standing.has(name)) store.dropStatus(name);
  return standing;
}

/** A refused file that was taken away needs no alarm any more. */
export function forgetGone(store: FeedStore, found: readonly Marked[]): void {
  const there = new Set(found.map(({ file }) => file));
  for (const [feed, { refused }] of store.statuses()) {
    for (const { day, file } of refused) if (!there.has(file)) store.write(feed, day, withoutFile(store.read(feed, day), file));
  }
}
