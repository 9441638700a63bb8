import type { Clock } from '../base/index.ts';
import type { Cell } from '../cell/index.ts';
import { createGate, type Gate } from '../events/index.ts';

/** The gate of a cell. Its event ids are keyed by the cell's own key everywhere, or a repeated event is not recognised. */
export function openGate({ identities, keys }: Pick<Cell, 'identities' | 'keys'>, clock: Clock): Gate {
  return createGate({ identities, clock, idKey: keys.derive('event-ids') });
}
