import { FOR, share } from './keyed.ts';
import { sendsOldSchema } from './old-schema.ts';
import type { Scene } from './scene.ts';

export const QUEUE = -1;
export const NOBODY = -2;

/** Whose the CRM says that a lead is that comes in on a day under a number: its rep's, or nobody's yet. What has no territory has an owner, or nobody would find it. */
export function keeperOf(scene: Scene, { day, index, owner }: { day: number; index: number; owner: number }): number {
  const { queued, unowned } = scene.params.mess;
  const luck = share(scene.seed, FOR.event, day, index, 6);
  if (luck >= queued + unowned || sendsOldSchema(day, scene)) return owner;
  return luck < queued ? QUEUE : NOBODY;
}
