import { MINUTE } from '../../base/index.ts';
import { queueId } from '../ids.ts';
import { TERRITORIES } from '../market.ts';
import { repId } from '../org.ts';
import { FOR, share } from './keyed.ts';
import type { Lead } from './lead.ts';
import { sendsOldSchema } from './lead-data.ts';
import type { Say, Scene } from './scene.ts';

export const QUEUE = -1;
export const NOBODY = -2;

/** Whose the CRM says that a new lead is. What has no territory has an owner, or nobody would find it. */
export function keeperOf(scene: Scene, { day, index, owner }: Pick<Lead, 'day' | 'index' | 'owner'>): number {
  const { queued, unowned } = scene.params.mess;
  const luck = share(scene.seed, FOR.event, day, index, 6);
  if (luck >= queued + unowned || sendsOldSchema(day, scene)) return owner;
  return luck < queued ? QUEUE : NOBODY;
}

/** The owner of a lead in the CRM, or nobody. */
export function ownerOf({ keeper, company }: Lead, { companies }: Scene): { owner?: string } {
  if (keeper === NOBODY) return {};
  return { owner: keeper === QUEUE ? queueOf(TERRITORIES[companies.at(company).country]!) : repId(keeper) };
}

/** The queue of a territory. */
export const queueOf = (territory: string): string => queueId(1 + Object.values(TERRITORIES).indexOf(territory));

/** Who has reached a lead takes it over from whoever kept it. */
export function takeOver(lead: Lead, time: number, say: Say): void {
  if (lead.keeper === lead.owner) return;
  lead.keeper = lead.owner;
  say(time + MINUTE, 'salesforce', 'lead.changed', { subject: lead.id }, { owner: repId(lead.owner) });
}
