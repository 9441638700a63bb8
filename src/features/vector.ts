import type { Value } from '../trees/index.ts';
import type { Layout } from './layout.ts';

/** The values of a row as of `now`, in the order of the features: what the model sees. Null is missing. */
export function readVector(layout: Layout, row: DataView, now: number): Value[] {
  const { slots } = layout;
  const values: Value[] = Array.from({ length: slots.length }, () => null);
  for (let i = 0; i < slots.length; i++) {
    const { aggregate, at } = slots[i]!;
    values[i] = aggregate.read(row, at, now);
  }
  return values;
}
