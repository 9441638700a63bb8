import type { FeatureKind, FeatureSpec } from '../features/index.ts';
import type { Value } from '../trees/index.ts';

/** What a feature's sentence speaks of: two that speak of the same thing need not both be said. */
export interface About {
  /** Whose: the record's own, or that of an entity it is linked to. */
  readonly of: string;
  /** When something was, how much of it, or what stands in a field. */
  readonly family: 'when' | 'how much' | 'what';
  readonly events: readonly string[];
  /** What narrows the events, or the field that is told. */
  readonly narrowed: string;
}

type OwnKind = Exclude<FeatureKind, { op: 'cross' }>;

export function aboutOf({ entity, kind }: FeatureSpec): About {
  const own = kind.op === 'cross' ? kind.kind : kind;
  return { of: kind.op === 'cross' ? kind.entity : entity, family: familyOf(own), events: own.event, narrowed: narrowing(own) };
}

/** Whether two sentences say the same: of the same events and the same field; where one speaks of more events, by the same figure. */
export function saysSame(a: About, valueA: Value, b: About, valueB: Value): boolean {
  if (a.of !== b.of || a.family !== b.family || a.narrowed !== b.narrowed) return false;
  const shared = a.events.filter((event) => b.events.includes(event)).length;
  if (shared === 0) return false;
  return (shared === a.events.length && shared === b.events.length) || isClose(valueA, valueB);
}

const CLOSE = 0.02;

function isClose(a: Value, b: Value): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return Object.is(a, b) || Math.abs(a - b) <= CLOSE * Math.max(Math.abs(a), Math.abs(b));
}

function familyOf({ op }: OwnKind): About['family'] {
  if (op === 'since' || op === 'elapsed' || op === 'sequence') return 'when';
  if (op === 'latest' || op === 'first' || op === 'daily' || op === 'until' || op === 'calendar' || op === 'local_time' || op === 'change') return 'what';
  return 'how much';
}

function narrowing(kind: OwnKind): string {
  if (kind.op === 'local_time' || kind.op === 'calendar') return kind.op; // a time of day, not what stands in the field
  const where = 'where' in kind && kind.where !== undefined ? `${kind.where.field}=${(kind.where.in ?? []).join()}` : '';
  return `${familyOf(kind) === 'what' && 'field' in kind ? kind.field : ''} ${where}`;
}
