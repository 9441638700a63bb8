import { DAY, HOUR, MINUTE, type Random } from '../../base/index.ts';
import { awake, dayOf } from '../hours.ts';
import { twinId } from '../ids.ts';
import { repId } from '../org.ts';
import { visit } from './browse.ts';
import { FOR, share } from './keyed.ts';
import { leadData } from './lead-data.ts';
import { LONGEST_SLEEP, type Lead } from './lead.ts';
import type { Say, Scene, Whom } from './scene.ts';
import { workerOf } from './staff.ts';

const NURTURE = new Set([0, 2, 5, 9, 14, 21, 30, 42, 56]);

/** Marketing writes on some days of a lead's age; what happens to the mail follows from interest. */
export function nurture(lead: Lead, random: Random, day: number, age: number, interest: number, say: Say): void {
  if (lead.noMails || !NURTURE.has(age)) return;
  const time = Math.max(lead.opened + 5 * MINUTE, awake(day, 0.2 * random.uniform()));
  const whom = { subject: lead.id };
  const data = { template: `nurture_${age}`, purpose: 'marketing' };
  say(time, 'email', 'email.sent', whom, data);
  const fate = random.uniform();
  if (fate < 0.02) return say(time + MINUTE, 'email', 'email.bounced', whom, data);
  if (fate < 0.025) return say(time + HOUR, 'email', 'email.unsubscribed', whom, data);
  if (random.uniform() > 0.18 + 0.4 * interest) return;
  const opened = time + random.exponential(7 * HOUR);
  say(opened, 'email', 'email.opened', whom, data);
  if (random.uniform() < 0.05 + 0.25 * interest) {
    say(opened + MINUTE, 'email', 'email.clicked', whom, { ...data, stage: interest > 0.5 ? 'decision' : 'awareness' });
    lead.recent += 1;
    visit(random, opened + 2 * MINUTE, whom, interest, say);
  }
  if (random.uniform() < 0.16 * interest * interest) {
    lead.answered += 1;
    const after = random.exponential(4 * HOUR);
    say(opened + after, 'email', 'email.replied', whom, { ...data, after_seconds: Math.round((opened + after - time) / 1_000) });
  }
}

/** A trial of the product is used as far as the interest goes. */
export function tryProduct(lead: Lead, random: Random, day: number, interest: number, say: Say): void {
  if (lead.trialEnds === 0) return;
  const whom: Whom = { subject: lead.id, kind: 'lead' };
  if (dayOf(lead.trialEnds) === day) {
    say(lead.trialEnds, 'product', 'product.trial_ended', whom, { plan: 'trial', outcome: 'expired' });
    lead.trialEnds = 0;
    return;
  }
  const rate = 0.1 + 2 * interest * interest;
  for (let at = random.exponential(1 / rate); at < 1; at += random.exponential(1 / rate)) {
    const time = awake(day, at);
    if (time < lead.created + HOUR) continue;
    const data = { feature: interest > 0.5 ? 'plan' : 'tour', seconds: Math.round(30 + random.exponential(600)), actions: random.below(40) };
    say(time, 'product', 'product.used', whom, data);
  }
}

/** Somebody enters the same person a second time; a day later the two are merged. */
export function mergeTwin(lead: Lead, day: number, scene: Scene, say: Say): void {
  const { seed, params } = scene;
  if (day !== lead.day + 1 || share(seed, FOR.event, lead.day, lead.index, 1) >= params.mess.duplicate_leads) return;
  const twin = twinId(lead.day, lead.index);
  const at = lead.created + DAY;
  say(at, 'salesforce', 'lead.created.v2', { subject: twin }, { ...leadData(lead, scene), owner: repId(lead.owner) });
  say(at + 30 * HOUR, 'salesforce', 'record.merged', { subject: lead.id }, { loser: twin });
  say(at + 30 * HOUR, 'salesforce', 'lead.deleted', { subject: twin });
}

/** A lead goes to another rep in its second week. */
export function reassign(lead: Lead, random: Random, day: number, scene: Scene, say: Say): void {
  const { seed, params, reps } = scene;
  const on = lead.day + 7 + (lead.index % 7);
  if (day !== on || share(seed, FOR.event, lead.day, lead.index, 2) >= params.mess.reassigned) return;
  lead.owner = workerOf(scene, random.below(reps), day * DAY);
  lead.keeper = lead.owner;
  say(day * DAY + 9 * HOUR, 'salesforce', 'lead.changed', { subject: lead.id }, { owner: repId(lead.owner) });
}

/** The lead is given up; some of these wake up weeks later, once. */
export function closeLead(lead: Lead, time: number, reason: string, { seed, params }: Scene, say: Say): void {
  say(time, 'salesforce', 'lead.closed', { subject: lead.id }, { reason });
  lead.endedAt = time;
  lead.meeting = Infinity;
  const chance = share(seed, FOR.event, lead.day, lead.index, 4);
  const wakes = lead.wakes === Infinity && chance < params.lead.reopened;
  lead.phase = wakes ? 'asleep' : 'closed';
  if (wakes) lead.wakes = time + Math.ceil((15 + (chance / params.lead.reopened) * (LONGEST_SLEEP - 20)) * DAY);
}
