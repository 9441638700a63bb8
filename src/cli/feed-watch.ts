import { join } from 'node:path';
import { Gauge, type Registry } from 'prom-client';
import { DAY, type Clock } from '../base/index.ts';
import { alarmsOf, openFeedStore, outstandingOf, type Alarm, type Status } from '../feeds/index.ts';

/** The folder of a cell where its loader writes down what it took. */
export const feedFolder = (dir: string): string => join(dir, 'feeds');

/** What an operator should know of a cell's feeds, whether their loader lives or not; and how many feeds there are. */
export function feedAlarms(dir: string, now: number): { feeds: number; alarms: Alarm[] } {
  const statuses = openFeedStore(feedFolder(dir)).statuses();
  return { feeds: statuses.length, alarms: statuses.flatMap(([feed, status]) => alarmsOf(feed, status, now)) };
}

/** Gauges of the feeds of a cell, read when they are asked for. */
export function watchFeeds(registry: Registry, dir: string, clock: Clock): Gauge[] {
  const store = openFeedStore(feedFolder(dir));
  /** What cannot be read is for the loader and `doctor` to say: it takes no other metric away. */
  const statuses = (): [string, Status][] => {
    try {
      return store.statuses();
    } catch {
      return [];
    }
  };
  const daysIn = (status: Status, state: string): number => outstandingOf(status, clock()).filter((one) => one.state === state).length;
  const gauge = (name: string, help: string, read: (status: Status) => number): Gauge => new Gauge({
    name: `leadrank_feed_${name}`,
    help,
    labelNames: ['feed'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [feed, status] of statuses()) this.set({ feed }, read(status));
    },
  });
  return [
    gauge('late_days', 'Days whose file is due and not there', (status) => daysIn(status, 'late')),
    gauge('missing_days', 'Days whose file has been due for a day or longer', (status) => daysIn(status, 'missing')),
    gauge('newest_day_timestamp_seconds', 'End of the newest day delivered, 0 before the first', ({ delivered }) => (delivered.length === 0 ? 0 : ((delivered.at(-1)! + 1) * DAY) / 1000)),
    gauge('refused_files', 'Files that could not be taken', ({ refused }) => refused.length),
    gauge('rejected_rows', 'Rows that were refused', ({ rejectedRows }) => rejectedRows),
  ];
}
