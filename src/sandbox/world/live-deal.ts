import { DAY, HOUR, MINUTE, sigmoid, type Random } from '../../base/index.ts';
import { atWork, awake, isWorkday } from '../hours.ts';
import { PRODUCTS } from '../market.ts';
import { accountId } from '../ids.ts';
import { repId } from '../org.ts';
import { visit } from './browse.ts';
import { amountOf, DEAL_DAYS, STAGES, type Deal } from './deal.ts';
import { inTrouble } from './erp.ts';
import { FOR, keyed, share } from './keyed.ts';
import type { Say, Scene, Whom } from './scene.ts';
import { seasonOn } from './season.ts';
import { workerOf } from './staff.ts';
import { succeed } from './succession.ts';

/** A close date that has passed is moved after so many days at the latest. */
const LATEST = 12;
const HALF_IN_A_WEEK = 0.905_723_664_263_906_7;
const day0 = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** One day of an opportunity: the contact reads and meets, the stage moves on or back, the close date slips, it is won or lost. */
export function liveDeal(deal: Deal, day: number, scene: Scene, say: Say): void {
  if (day * DAY <= deal.opened) return;
  if (isWorkday(day)) succeed(deal, day, scene, say);
  const { params, companies, seed, fate } = scene;
  const random = keyed(seed, FOR.deal, deal.day, deal.index, day, fate);
  const trouble = companies.at(deal.company).customerSince !== null && inTrouble(scene, deal.company, day) ? 0.8 : 0;
  const wish = deal.intent + companies.intent(deal.company, day) - trouble;
  const interest = sigmoid(0.5 * deal.quality + 0.8 * wish);
  deal.intent = 0.96 * deal.intent + 0.18 * random.normal();
  deal.pushed *= HALF_IN_A_WEEK;
  const contact: Whom = { subject: deal.contact, kind: 'contact' };
  if (random.uniform() < 0.08 + 0.3 * interest) visit(random, awake(day, random.uniform()), contact, interest, say);
  if (!isWorkday(day)) return;
  correspond(deal, random, day, interest, contact, say);
  meet(deal, random, day, scene, say);

  const whom = { subject: deal.id };
  const at = atWork(random, awake(day, 0.1 + 0.5 * random.uniform()));
  if (at <= deal.opened) return;
  const strength = 0.5 * deal.quality + 0.6 * wish + 0.5 * deal.pushed + deal.skill + seasonOn(params, day);
  const idle = (at - deal.stageSince) / (30 * DAY);
  if (random.uniform() < sigmoid(params.deal.lose - 0.6 * strength + 0.5 * idle)) return lose(deal, at, random, scene, say);
  if (day - Math.floor(deal.opened / DAY) > DEAL_DAYS) return lose(deal, at, random, scene, say);
  if (random.uniform() < sigmoid(params.deal.advance + strength)) {
    deal.stage += 1;
    deal.stageSince = at;
    if (deal.stage === STAGES.length) return win(deal, at, random, scene, say);
    if (deal.stage === 2) deal.amount = Math.max(500, Math.round((deal.amount * (0.75 + 0.5 * random.uniform())) / 500) * 500);
    return say(at, 'salesforce', 'opportunity.changed', whom, { ...stageOf(deal), ...amountOf(deal, scene.region) });
  }
  if (deal.stage > 0 && random.uniform() < sigmoid(params.deal.back - 0.3 * strength)) {
    deal.stage -= 1;
    deal.stageSince = at;
    return say(at, 'salesforce', 'opportunity.changed', whom, stageOf(deal));
  }
  if (day < deal.closes) return;
  if (random.uniform() > params.deal.slip) return lose(deal, at, random, scene, say);
  const late = Math.floor(LATEST * share(seed, FOR.deal, deal.day, deal.index, deal.closes, -1)) * DAY;
  deal.closes = day + 14 + random.below(30);
  say(at + late, 'salesforce', 'opportunity.changed', whom, { close_date: day0(deal.closes), next_step_set: random.uniform() < interest });
}

/** What the CRM shows of the stage. */
export function stageOf(deal: Deal): Record<string, string | number | boolean> {
  const [stage, probability] = STAGES[deal.stage]!;
  return { stage, probability, stage_order: deal.stage, forecast: deal.stage > 2 ? 'Commit' : 'Pipeline', next_step_set: deal.stage > 0 };
}

function correspond(deal: Deal, random: Random, day: number, interest: number, contact: Whom, say: Say): void {
  const writes = random.uniform();
  const time = awake(day, 0.5 * random.uniform());
  const data = { purpose: 'personal', user: repId(deal.owner), opportunity: deal.id };
  if (writes < 0.12) {
    say(time, 'email', 'email.sent', contact, data);
    if (random.uniform() > 0.2 + 0.5 * interest) return;
    const after = random.exponential(9 * HOUR);
    say(time + after, 'email', 'email.replied', contact, { ...data, after_seconds: Math.round(after / 1_000) });
  } else if (writes < 0.14 + 0.06 * interest) say(time, 'email', 'email.received', contact, data);
  else if (writes > 0.93) {
    const connected = random.uniform() < 0.3 + 0.4 * interest;
    say(time, 'telephony', 'call.logged', workOn(deal), {
      outcome: connected ? 'connected' : 'no_answer', seconds: connected ? 120 + random.below(900) : 20,
      direction: 'outbound', user: repId(deal.owner),
    });
  }
}

function meet(deal: Deal, random: Random, day: number, scene: Scene, say: Say): void {
  if (deal.nextMeeting >= (day + 1) * DAY) return;
  const at = Math.max(deal.nextMeeting, day * DAY + 9 * HOUR);
  const data = meetingOf(deal, at);
  const whom = workOn(deal);
  if (!isBookedEarly(deal, scene)) say(at - 3 * HOUR, 'salesforce', 'meeting.booked', whom, data);
  const come = random.uniform();
  if (come > 0.88) say(at - HOUR, 'salesforce', 'meeting.cancelled', whom, { ...data, by: 'them' });
  else if (come > 0.83) say(at + MINUTE, 'salesforce', 'meeting.missed', whom, data);
  else {
    deal.held += 1;
    handOver(deal, at + HOUR, scene, say);
    deal.pushed += 0.6 * scene.params.actions.meeting[deal.buyer];
    say(at + HOUR, 'salesforce', 'meeting.held', whom, { ...data, minutes: 30 + 15 * random.below(4), attendees: 1 + random.below(5) });
  }
  deal.nextMeeting = atWork(random, at + (4 + random.exponential(8)) * DAY);
  bookEarly(deal, at + 2 * HOUR, scene, say);
}

/** Who comes after a rep who left becomes the owner with the next meeting. */
function handOver(deal: Deal, at: number, scene: Scene, say: Say): void {
  const owner = workerOf(scene, deal.owner, at);
  if (owner === deal.owner) return;
  deal.owner = owner;
  say(at, 'salesforce', 'opportunity.changed', { subject: deal.id }, { owner: repId(owner) });
}

/** Half of the meetings are agreed on as soon as there is one to come, the rest on their own day. */
const isBookedEarly = ({ day, index, nextMeeting }: Deal, { seed }: Scene): boolean => share(seed, FOR.deal, day, index, Math.floor(nextMeeting / HOUR)) < 0.5;

/** Tells of the next meeting where it is agreed on by now. */
export function bookEarly(deal: Deal, at: number, scene: Scene, say: Say): void {
  if (isBookedEarly(deal, scene)) say(at, 'salesforce', 'meeting.booked', workOn(deal), meetingOf(deal, deal.nextMeeting));
}

/** Whose the calls and meetings are: the CRM keeps them with the opportunity, e-mail and visits with the person. */
export const workOn = ({ id }: Deal): Whom => ({ subject: id, kind: 'opportunity' });

/** A meeting of the opportunity that is to begin at a time. */
export function meetingOf(deal: Deal, starts: number): Record<string, string> {
  const purpose = (['discovery', 'demo', 'proposal', 'negotiation'] as const)[deal.stage]!;
  return { channel: 'online', purpose, user: repId(deal.owner), starts: new Date(starts).toISOString() };
}

function win(deal: Deal, at: number, random: Random, scene: Scene, say: Say): void {
  deal.phase = 'won';
  deal.endedAt = at;
  const end = day0(Math.floor(at / DAY) + 365 * (1 + random.below(3)));
  const account = { subject: accountId(deal.company), kind: 'account' } as const;
  say(at, 'salesforce', 'opportunity.won', { subject: deal.id }, { ...amountOf(deal, scene.region), contract_end: end });
  say(at + HOUR, 'salesforce', 'account.changed', account, { type: 'Customer' });
  const product = PRODUCTS[deal.company % PRODUCTS.length]!;
  say(at + 2 * DAY, 'product', 'product.licensed', account, { plan: 'business', product, seats: 5 + random.below(100), contract_end: end });
}

function lose(deal: Deal, at: number, random: Random, scene: Scene, say: Say): void {
  deal.phase = 'lost';
  deal.endedAt = at;
  const reason = random.pick(['Price', 'Competitor', 'No decision', 'Timing', 'No budget']);
  say(at, 'salesforce', 'opportunity.lost', { subject: deal.id }, { ...amountOf(deal, scene.region), reason });
}
