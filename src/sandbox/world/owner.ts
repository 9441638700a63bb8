import { MINUTE } from '../../base/index.ts';
import { queueId } from '../ids.ts';
import { TERRITORIES } from '../market.ts';
import { repId } from '../org.ts';
import { NOBODY, QUEUE } from './keeper.ts';
import type { Lead } from './lead.ts';
import type { Say, Scene } from './scene.ts';

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
