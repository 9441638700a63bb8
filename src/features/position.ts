import type { Counts } from './state.ts';
import type { Table } from './store.ts';

/** How far a state has come: written in the transaction that brought it there. */
export interface Position {
  layout: string;
  epoch: number;
  offset: number;
  /** The newest received time, ms. */
  received: number | null;
  champion: string | null;
  /** Absent in positions that an earlier release wrote. */
  rules?: string | null;
  counts: Counts;
  /** The newest time at which each feed made something known, ms. */
  feeds: Record<string, number>;
}

const KEY = 'position';

export const startPosition = (layout: string, epoch: number): Position => ({
  layout,
  epoch,
  offset: 0,
  received: null,
  champion: null,
  counts: { leads: 0, open: 0, events: 0, duplicates: 0, late: 0 },
  feeds: {},
});

export function readPosition(meta: Table): Position | undefined {
  const bytes = meta.get(KEY);
  return bytes === undefined ? undefined : (JSON.parse(new TextDecoder().decode(bytes)) as Position);
}

export const writePosition = (meta: Table, position: Position): void =>
  meta.put(KEY, new TextEncoder().encode(JSON.stringify(position)));
