import { DAY, HOUR, MINUTE, type Random } from '../../base/index.ts';
import { atWork } from '../hours.ts';
import { PRODUCTS } from '../market.ts';
import { visitorOf, type Lead } from './lead.ts';
import { FOR, share } from './keyed.ts';
import { isLinkedLate, leadData } from './lead-data.ts';
import { sendsOldSchema } from './old-schema.ts';
import { ownerOf } from './owner.ts';
import type { Say, Scene } from './scene.ts';

const PROMISED = 2 * HOUR;
/** Share of a campaign's members that are taken out again. */
const TAKEN_OUT = 0.02;

/** The lead comes in: the CRM tells of it, the web of whom it was, and its rep is to call it. */
export function introduce(lead: Lead, random: Random, scene: Scene, say: Say): void {
  const { created, day } = lead;
  const whom = { subject: lead.id };
  const data = leadData(lead, scene);
  const old = sendsOldSchema(day, scene);
  if (old) {
    data['company_size'] = data['employees']!;
    delete data['employees'];
  }
  say(created, 'salesforce', old ? 'lead.created.v1' : 'lead.created.v2', whom, { ...data, ...ownerOf(lead, scene) });
  if (lead.visitor) say(created + MINUTE, 'web', 'link.visitor', visitorOf(lead, scene), { lead: lead.id, by: 'form' });
  if (data['campaign_id'] !== undefined) {
    say(created, 'salesforce', 'campaign.member_added', whom, { campaign_id: data['campaign_id']!, status: 'Responded' });
    if (share(scene.seed, FOR.leaving, day, lead.index, -1) < TAKEN_OUT) {
      say(created + 9 * DAY, 'salesforce', 'campaign.member_removed', whom, { campaign_id: data['campaign_id']! });
    }
  }
  if (isLinkedLate(lead, scene)) {
    const account = scene.companies.accountOf(scene.companies.at(lead.company), day);
    say(created + 5 * HOUR, 'salesforce', 'link.lead', whom, { account });
  }
  if (lead.trialEnds > 0) {
    const product = PRODUCTS[lead.index % PRODUCTS.length]!;
    say(created + HOUR, 'product', 'product.trial_started', { subject: lead.id, kind: 'lead' }, { plan: 'trial', product, days: 14 });
  }
  lead.phase = 'open';
  lead.nextCall = atWork(random, created + random.exponential((9 * HOUR) / lead.diligence));
  promise(lead, say);
}

/** The team promises to call those who came by themselves within two hours. */
function promise(lead: Lead, say: Say): void {
  if (!lead.visitor || lead.noCalls) return;
  const whom = { subject: lead.id };
  const due = new Date(lead.created + PROMISED).toISOString();
  const kept = lead.nextCall <= lead.created + PROMISED;
  const seconds = Math.round(Math.min(lead.nextCall - lead.created, 30 * DAY) / 1_000);
  say(lead.created, 'salesforce', 'sla.started', whom, { policy: 'first call', due });
  if (kept) say(lead.nextCall, 'salesforce', 'sla.met', whom, { policy: 'first call', due, seconds });
  else say(lead.created + PROMISED, 'salesforce', 'sla.breached', whom, { policy: 'first call', due });
}
