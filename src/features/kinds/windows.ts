import { DAY, HOUR } from '../../base/index.ts';

const LADDER = [30 * DAY, 6 * DAY, 2 * DAY, DAY, 6 * HOUR, HOUR];
/** A window has at least this many tiles where the ladder allows it: it swings by a fifth at most. */
const FEWEST = 5;

/** The tile of a window whose declaration names none: windows of nearly the same length share one. */
export function tileFor(window: number): number {
  return LADDER.find((tile) => window % tile === 0 && window / tile >= FEWEST) ?? LADDER.find((tile) => window % tile === 0) ?? window;
}
