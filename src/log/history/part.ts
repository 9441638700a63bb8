import { Fault } from '../../base/index.ts';

/** Raised when the meaning of a part's columns changes. */
export const PART_FORMAT = 1;

/** How a text column says that the event cleared the field: no field holds this character. */
export const NULL_TEXT = '\0';

export const damagedPart = (rule: string): Fault => new Fault({ kind: 'corrupt', value: 'a part of the history', rule, remedy: 'restore it from a backup' });
