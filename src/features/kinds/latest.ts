import type { Aggregate } from './aggregate.ts';
import type { Cell } from './cell.ts';
import { held } from './held.ts';

/** The value of `field` in the newest event that has it. */
export const latest = (field: string, cell: Cell): Aggregate => held(field, cell, 'latest');
