import { createHash } from 'node:crypto';
import type { State } from './state.ts';

/** Tables that depend on how the events were delivered, not on what they say. */
const DELIVERY = new Set(['meta', 'seen']);

/**
 * Hex SHA-256 over the rows of a state, in order. `all` takes every row; `subjects` leaves out the position and what was
 * seen, and so is equal for a log with repeated deliveries and one without.
 */
export function digest(state: State, part: 'all' | 'subjects' = 'all'): string {
  const hash = createHash('sha256');
  for (const { table, key, bytes } of state.rows()) {
    if (part === 'subjects' && DELIVERY.has(table)) continue;
    hash.update(`${table} ${key} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}
