import type { Event } from './event.ts';

/** The one place where the brand of an Event is given: to what the gate has cleaned, and to what the log kept of it. */
export function admit(parts: Omit<Event, '__gate'>): Event {
  return parts as Event;
}
