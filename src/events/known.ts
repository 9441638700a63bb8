import type { Event } from './event.ts';

/**
 * When the business could have known of a past event, ms: for a row of a daily file when the file was complete, else when it
 * happened. For backfills; of what comes live the log knows better.
 */
export function knownAt({ time, data }: Pick<Event, 'time' | 'data'>): number {
  const { available } = data;
  return typeof available === 'number' ? Math.max(available, time) : time;
}
