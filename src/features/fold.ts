import { hash32 } from '../base/index.ts';
import type { LoggedEvent } from '../events/index.ts';
import type { Layout, Slot } from './layout.ts';

/** Adds one event to every feature of the row that listens to it. */
export function foldFeatures(layout: Layout, row: DataView, event: LoggedEvent): void {
  const listeners = layout.listeners.get(event.type);
  if (listeners === undefined) return;
  const occurrence = { time: event.time, tie: tieOf(event), data: event.data };
  for (const slot of listeners) {
    if (fits(slot, event)) slot.aggregate.add(row, slot.at, occurrence);
  }
}

/** Decides between two events of the same time, the same way on every node. */
const tieOf = ({ source, id }: LoggedEvent): number => hash32(id, hash32(source));

function fits({ where }: Slot, { data }: LoggedEvent): boolean {
  if (where === undefined) return true;
  const value = data[where.field];
  return value !== undefined && value !== null && where.in.includes(String(value));
}
