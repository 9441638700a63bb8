import { DAY, HOUR, MINUTE, sigmoid, type Random } from '../../base/index.ts';
import { atWork } from '../hours.ts';
import { repId } from '../org.ts';
import type { Lead } from './lead.ts';
import { takeOver } from './owner.ts';
import type { WorldParams } from './params.ts';
import type { Say } from './scene.ts';

interface Mood {
  readonly interest: number;
  readonly wish: number;
  readonly params: WorldParams;
  readonly say: Say;
}

/** The rep calls. Who is reached may be met, or gets a mail or an offer; each adds to the odds what it does for this buyer. */
export function callLead(lead: Lead, random: Random, time: number, { interest, wish, params, say }: Mood): void {
  const whom = { subject: lead.id };
  lead.attempts += 1;
  if (lead.attempts === 1) say(time + MINUTE, 'salesforce', 'lead.changed', whom, { status: 'Working' });
  if (lead.planned) settle(lead, time, say);
  const quick = time - lead.opened < 2 * HOUR ? 0.12 : 0;
  const share = random.uniform();
  const caller = { direction: 'outbound', user: repId(lead.owner) };
  if (share > 0.16 + 0.2 * interest + quick) {
    const outcome = share < 0.7 ? 'voicemail' : 'no_answer';
    say(time, 'telephony', 'call.logged', whom, { outcome, seconds: random.below(45), ...caller });
    lead.nextCall = atWork(random, time + (1 + random.exponential(2.5)) * DAY);
    return;
  }
  lead.connected += 1;
  takeOver(lead, time, say);
  if (quick > 0) lead.reached = Math.min(lead.reached, time);
  lead.pushed += params.actions.call[lead.buyer];
  say(time, 'telephony', 'call.logged', whom, { outcome: 'connected', seconds: Math.round(60 + random.exponential(240)), ...caller });
  const heat = lead.quality + 0.6 * wish + 0.6 * random.normal();
  const rating = heat > 1 ? 'Hot' : heat > -0.3 ? 'Warm' : 'Cold';
  say(time + 10 * MINUTE, 'salesforce', 'lead.changed', whom, { rating, status: 'Contacted' });
  if (rating === 'Hot' && lead.connected === 1) say(time + 11 * MINUTE, 'salesforce', 'lead.qualified', whom, { stage: 'SQL' });
  if (lead.meeting === Infinity && random.uniform() < sigmoid(-1.3 + 0.8 * lead.quality + 0.5 * wish)) {
    lead.meeting = atWork(random, time + (2 + random.exponential(2)) * DAY);
    say(time + 12 * MINUTE, 'salesforce', 'meeting.booked', whom, meetingOf(lead));
  }
  const mail = random.uniform();
  if (mail < 0.45 && !lead.noMails) write(lead, time + HOUR, mail < 0.12 ? 'offer' : 'email', params, say);
  lead.nextCall = atWork(random, time + (3 + random.exponential(4)) * DAY);
  if (mail <= 0.7) return;
  lead.planned = true;
  say(time + 13 * MINUTE, 'salesforce', 'task.created', whom, { type: 'Call', user: repId(lead.owner), due: new Date(lead.nextCall).toISOString() });
}

/** To whom asked for no calls the rep writes, where that is allowed. */
export function writeInstead(lead: Lead, random: Random, time: number, params: WorldParams, say: Say): void {
  lead.attempts += 1;
  if (lead.attempts === 1) say(time + MINUTE, 'salesforce', 'lead.changed', { subject: lead.id }, { status: 'Working' });
  if (!lead.noMails) write(lead, time + 2 * MINUTE, 'email', params, say);
  lead.nextCall = atWork(random, time + (2 + random.exponential(3)) * DAY);
}

/** Most reps tick off what they have done; some tasks nobody ever closes. */
function settle(lead: Lead, time: number, say: Say): void {
  lead.planned = false;
  if ((lead.index + lead.attempts) % 4 > 0) say(time + 2 * MINUTE, 'salesforce', 'task.completed', { subject: lead.id }, { type: 'Call', user: repId(lead.owner) });
}

/** The meeting is held, or they do not come, or it is cancelled. */
export function meetLead(lead: Lead, random: Random, { actions }: WorldParams, say: Say): void {
  const at = lead.meeting;
  const whom = { subject: lead.id };
  const come = random.uniform();
  lead.meeting = Infinity;
  if (come > 0.9) return say(at - HOUR, 'salesforce', 'meeting.cancelled', whom, { ...meetingOf(lead, at), by: 'them' });
  if (come > 0.82) return say(at + HOUR, 'salesforce', 'meeting.missed', whom, meetingOf(lead, at));
  lead.held += 1;
  lead.pushed += actions.meeting[lead.buyer];
  say(at + HOUR, 'salesforce', 'meeting.held', whom, { ...meetingOf(lead, at), minutes: 20 + 10 * random.below(6), attendees: 1 + random.below(4) });
}

const meetingOf = (lead: Lead, starts = lead.meeting): Record<string, string> => ({
  channel: lead.index % 5 === 0 ? 'in_person' : 'online',
  purpose: lead.held > 0 ? 'demo' : 'discovery',
  user: repId(lead.owner),
  starts: new Date(starts).toISOString(),
});

function write(lead: Lead, time: number, action: 'email' | 'offer', { actions }: WorldParams, say: Say): void {
  lead.pushed += actions[action][lead.buyer];
  say(time, 'email', 'email.sent', { subject: lead.id }, {
    template: action === 'offer' ? 'offer' : 'follow_up', purpose: 'personal', user: repId(lead.owner),
  });
}
