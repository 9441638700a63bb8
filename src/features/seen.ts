import { DAY } from '../base/index.ts';
import type { LoggedEvent } from '../events/index.ts';

/** An event that comes again within this much received time after its first delivery is dropped. */
export const DUPLICATE_HORIZON = 7 * DAY;

/** The received day: what was seen is forgotten by whole days. */
export const dayOf = (received: number): number => Math.floor(received / DAY);

/** The first day that can still matter when the newest received time is on `day`. */
export const oldestDay = (day: number): number => day - DUPLICATE_HORIZON / DAY - 1;

/** Whether a delivery repeats one that was received at `before`. */
export const repeats = (received: number, before: number | undefined): boolean =>
  before !== undefined && received - before <= DUPLICATE_HORIZON;

/** Names a delivery: no two pairs of source and id share a name. */
export const deliveryOf = ({ source, id }: LoggedEvent): string => `${source.length}:${source}${id}`;
