import { DAY, MINUTE } from '../../base/index.ts';
import { PRODUCTS } from '../market.ts';
import { repId } from '../org.ts';
import { profileOf } from '../profile.ts';
import { amountOf, type Deal } from './deal.ts';
import { boxesOf } from './consent.ts';
import { flightOn } from './campaign.ts';
import type { Lead } from './lead.ts';
import { bookEarly, stageOf } from './live-deal.ts';
import type { Say, Scene } from './scene.ts';

/** A lead converts: the CRM makes a contact and an opportunity of it. */
export function convert(lead: Lead, deal: Deal, scene: Scene, say: Say): void {
  const at = lead.endedAt - MINUTE;
  const who = profileOf(scene, lead.day, lead.index);
  const account = scene.companies.accountOf(who.at, Math.floor(at / DAY));
  say(at, 'salesforce', 'contact.created', { subject: deal.contact }, {
    account, owner: repId(lead.owner), title: who.title, email: who.email, first_name: who.first, last_name: who.last,
    phone: who.phone, country: who.country, region: scene.region, lead_source: who.source, ...boxesOf(lead),
  });
  say(at, 'salesforce', 'lead.converted', { subject: lead.id }, { account, contact: deal.contact, opportunity: deal.id });
  open(deal, scene, say, {
    lead: lead.id, lead_source: who.source, type: 'New Business',
    campaign_id: (who.campaign === null ? undefined : flightOn(scene, who.campaign, lead.day)) ?? null,
  });
}

/** A customer is offered more. */
export const expand = (deal: Deal, scene: Scene, say: Say): void => open(deal, scene, say, { type: 'Existing Business' });

function open(deal: Deal, scene: Scene, say: Say, more: Record<string, string | null>): void {
  const { companies, region } = scene;
  const account = companies.accountOf(companies.at(deal.company), Math.floor(deal.opened / DAY));
  say(deal.opened, 'salesforce', 'opportunity.created', { subject: deal.id }, {
    owner: repId(deal.owner), account, contact: deal.contact, ...more, ...stageOf(deal), ...amountOf(deal, region),
    close_date: new Date(deal.closes * DAY).toISOString().slice(0, 10), product: PRODUCTS[deal.company % PRODUCTS.length]!, line_items: 1 + (deal.company % 5),
  });
  say(deal.opened + 5 * MINUTE, 'salesforce', 'contact.role_set', { subject: deal.contact }, {
    opportunity: deal.id, role: deal.buyer === 'relationship' ? 'Decision Maker' : 'Evaluator', primary: true,
  });
  bookEarly(deal, deal.opened + 10 * MINUTE, scene, say);
}
