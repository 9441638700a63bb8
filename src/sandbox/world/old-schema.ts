import type { Scene } from './scene.ts';

const OLD_SCHEMA_DAYS = 30;

/** The old form of `lead.created` is sent in the first month: real feeds change their schema, so this one does. */
export const sendsOldSchema = (day: number, { startDay }: Scene): boolean => day < startDay + OLD_SCHEMA_DAYS;
