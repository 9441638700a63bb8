import { DAY, HOUR, MINUTE, sigmoid } from '../../base/index.ts';
import { atWork, awake, dayOf, isWorkday } from '../hours.ts';
import { visit } from './browse.ts';
import { closeLead, mergeTwin, nurture, reassign, tryProduct } from './episodes.ts';
import { FOR, keyed } from './keyed.ts';
import { introduce } from './introduce.ts';
import { OPEN_DAYS, visitorOf, type Lead } from './lead.ts';
import { isAway } from './rep.ts';
import type { Say, Scene } from './scene.ts';
import { seasonOn } from './season.ts';
import { workerOf } from './staff.ts';
import { callLead, meetLead, writeInstead } from './talk.ts';

const HALF_IN_A_WEEK = 0.905_723_664_263_906_7;

/**
 * One day of a lead: it visits and reads as far as it is interested, its rep calls, meetings follow from calls, and the chance
 * to convert follows from all of that. Nothing looks ahead, and nothing depends on other leads.
 */
export function liveLead(lead: Lead, day: number, scene: Scene, say: Say): void {
  const { params, companies, fate } = scene;
  const random = keyed(scene.seed, FOR.life, lead.day, lead.index, day, fate);
  const wish = lead.intent + companies.intent(lead.company, day);
  const interest = sigmoid(0.5 * lead.quality + 0.9 * wish);
  lead.intent = 0.97 * lead.intent + 0.15 * random.normal();
  lead.pushed *= HALF_IN_A_WEEK;

  if (lead.phase === 'before') {
    if (lead.visitor && random.uniform() < 0.15 + 0.3 * interest) {
      const time = awake(day, random.uniform());
      if (time < lead.created) visit(random, time, visitorOf(lead, scene), interest, say);
    }
    if (day < lead.day) return;
    introduce(lead, random, scene, say);
  }
  if (lead.phase === 'asleep') {
    if (day < dayOf(lead.wakes)) return;
    lead.phase = 'open';
    lead.opened = lead.wakes;
    lead.endedAt = Infinity;
    lead.attempts = 0;
    lead.intent += 0.8;
    lead.nextCall = atWork(random, lead.wakes + DAY);
    say(lead.wakes, 'salesforce', 'lead.reopened', { subject: lead.id });
  }

  const age = day - dayOf(lead.opened);
  const working = isWorkday(day);
  const fading = 0.25 + 0.75 / (1 + age / 9);
  const rate = (0.45 * (0.15 + 3.2 * interest * interest) * fading + (lead.held > 0 ? 0.3 * interest : 0)) * (working ? 1 : 0.3);
  lead.recent /= 2;
  for (let share = random.exponential(1 / rate); share < 1; share += random.exponential(1 / rate)) {
    const time = awake(day, share);
    if (time <= lead.opened) continue;
    lead.recent += 1;
    visit(random, time, { subject: lead.id }, interest, say);
  }
  nurture(lead, random, day, age, interest, say);
  tryProduct(lead, random, day, interest, say);
  mergeTwin(lead, day, scene, say);
  reassign(lead, random, day, scene, say);
  lead.owner = workerOf(scene, lead.owner, day * DAY);
  const away = isAway(scene, lead.owner, day);
  if (lead.nextCall < (day + 1) * DAY && lead.attempts < MOST_ATTEMPTS) {
    if (away) lead.nextCall = atWork(random, (day + 1) * DAY + 8 * HOUR);
    else if (lead.noCalls) writeInstead(lead, random, Math.max(lead.nextCall, day * DAY + 8 * HOUR), params, say);
    else callLead(lead, random, Math.max(lead.nextCall, day * DAY + 8 * HOUR), { interest, wish, params, say });
  }
  if (lead.meeting < (day + 1) * DAY) meetLead(lead, random, params, say);

  if (!working || age === 0) return;
  const decision = atWork(random, awake(day, 0.1 + 0.5 * random.uniform()));
  const drifted = params.drift.after_days >= 0 && day >= scene.startDay + params.drift.after_days;
  const { base, fit, intent } = params.lead;
  const soon = decision > lead.reached ? params.lead.speed * 0.5 ** Math.floor((decision - lead.reached) / (7 * DAY)) : 0;
  const pull =
    base + (drifted ? params.drift.base : 0) + fit * lead.quality + (intent + (drifted ? params.drift.intent : 0)) * wish
    + lead.pushed + soon + lead.skill + seasonOn(params, day);
  if (random.uniform() < sigmoid(pull)) {
    lead.phase = 'converted';
    lead.endedAt = decision + MINUTE;
    return;
  }
  if (age >= OPEN_DAYS) return closeLead(lead, decision, 'No decision', scene, say);
  const givenUp = params.lead.close - 0.5 * lead.quality - 0.5 * wish + 0.2 * lead.attempts - lead.held;
  if (age > 6 && random.uniform() < sigmoid(givenUp)) {
    closeLead(lead, decision, lead.connected > 0 ? 'No interest' : 'No response', scene, say);
  }
}

const MOST_ATTEMPTS = 7;
