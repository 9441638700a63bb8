import type { Counts } from './state.ts';
import type { Table } from './store.ts';
import type { TargetName } from './targets.ts';

/** How far a state has come: written in the transaction that brought it there. */
export interface Position {
  layout: string;
  epoch: number;
  offset: number;
  /** The newest received time, ms. */
  received: number | null;
  /** The promoted bundle by target. */
  champions: Readonly<Partial<Record<TargetName, string>>>;
  /** The bundles that were promoted before the champion, by target, the newest first. Absent in positions that an earlier release wrote. */
  earlier?: Readonly<Partial<Record<TargetName, readonly string[]>>>;
  /** As `earlier`. */
  rules?: Readonly<Partial<Record<TargetName, string>>>;
  /** As `earlier`. */
  actions?: string | null;
  counts: Counts;
  /** The newest time at which each feed made something known, ms. */
  feeds: Record<string, number>;
  /** How many late events each feed brought. Absent in positions that an earlier release wrote. */
  late?: Record<string, number>;
}

/** A position as it was written before there were two targets. */
interface OneChampion {
  champion?: string | null;
}

const KEY = 'position';

export const startPosition = (layout: string, epoch: number): Position => ({
  layout,
  epoch,
  offset: 0,
  received: null,
  champions: {},
  counts: { leads: 0, open: 0, events: 0, duplicates: 0, late: 0 },
  feeds: {},
  late: {},
});

export function readPosition(meta: Table): Position | undefined {
  const bytes = meta.get(KEY);
  if (bytes === undefined) return undefined;
  const { champion, ...position } = JSON.parse(new TextDecoder().decode(bytes)) as Position & OneChampion;
  return champion === undefined ? position : { ...position, champions: champion === null ? {} : { lead: champion } };
}

/** Adds up to the `late` of the counts: what an earlier release counted is of `unknown`. */
export function lateBySource({ counts, late = {} }: Position): Record<string, number> {
  const unknown = Object.values(late).reduce((left, count) => left - count, counts.late);
  return unknown === 0 ? { ...late } : { ...late, unknown };
}

export const writePosition = (meta: Table, position: Position): void =>
  meta.put(KEY, new TextEncoder().encode(JSON.stringify(position)));
