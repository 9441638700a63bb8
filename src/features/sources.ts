import { DAY, perText } from '../base/index.ts';

/** A feed of events, and for how long its silence is normal. */
export interface SourceFeed {
  /** As features name it. */
  name: string;
  /** The first part of the event types that it brings. */
  prefixes: readonly string[];
  /** Older than this, values that rest on it are stale, ms. */
  freshness: number;
}

/** The feeds of a cell. The limits outlast a quiet weekend; daily files have a day more. */
export const SOURCES: readonly SourceFeed[] = [
  {
    name: 'salesforce',
    prefixes: ['lead', 'meeting', 'opportunity', 'account', 'contact', 'campaign', 'task', 'sla', 'record'],
    freshness: 3 * DAY,
  },
  { name: 'web', prefixes: ['web'], freshness: 2 * DAY },
  { name: 'email', prefixes: ['email'], freshness: 3 * DAY },
  { name: 'telephony', prefixes: ['call'], freshness: 4 * DAY },
  { name: 'erp', prefixes: ['erp'], freshness: 4 * DAY },
  { name: 'marketing', prefixes: ['marketing'], freshness: 4 * DAY },
  { name: 'product', prefixes: ['product', 'usage'], freshness: 4 * DAY },
];

const BY_PREFIX = new Map(SOURCES.flatMap(({ name, prefixes }) => prefixes.map((prefix) => [prefix, name] as const)));

/** The feed that brings an event type; undefined for what leadrank makes itself. */
export const sourceOf = perText((type) => BY_PREFIX.get(type.slice(0, type.indexOf('.'))));
