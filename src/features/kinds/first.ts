import type { Aggregate } from './aggregate.ts';
import type { Cell } from './cell.ts';
import { held } from './held.ts';

/** The value of `field` in the oldest event that has it. */
export const first = (field: string, cell: Cell): Aggregate => held(field, cell, 'first');
