import { mix32 } from '../../base/index.ts';
import { bitsOver, estimate, population } from '../kinds/bitmap-cell.ts';
import { PARTS } from '../kinds/calendar.ts';
import { dayTie } from '../kinds/day-tie.ts';
import { maxCell, minCell } from '../kinds/extreme-cells.ts';
import { addFlag } from '../kinds/flag.ts';
import { halvedOver, weightOf, WEIGHTS } from '../kinds/generations.ts';
import { clockAt } from '../kinds/local-time.ts';
import { openNaN, openZero } from '../kinds/opening.ts';
import { addRecent } from '../kinds/recent.ts';
import { getStored, getTime, storedOf } from '../kinds/stamp.ts';
import { addAmount, largeSumCell } from '../kinds/tile-cells.ts';
import { joinOver, slotOf } from '../kinds/tiles.ts';
import { offsetOf } from '../kinds/zones.ts';

/** What the texts of functions may name. */
export const library = {
  addAmount, addFlag, addRecent, bitsOver, clockAt, dayTie, estimate, getStored, getTime, halvedOver, joinOver, largeSumCell, maxCell, minCell, mix32, offsetOf,
  openNaN, openZero, PARTS, population, slotOf, storedOf, weightOf, WEIGHTS,
};
