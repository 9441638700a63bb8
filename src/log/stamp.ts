import type { Event, LoggedEvent } from '../events/index.ts';
import type { AppendStamp } from './log.ts';

/** The event as the log holds it. What becomes known is known no sooner than it is taken, unless the stamp says so. */
export function stampEvent(event: Event, offset: number, received: number, stamp?: AppendStamp): LoggedEvent {
  return { ...event, offset, received, knownAt: Math.trunc(stamp?.knownAt?.(event) ?? received) };
}
