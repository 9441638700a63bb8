import { DAY, HOUR, MINUTE, sigmoid, type Random } from '../base/index.ts';
import { atWork, awake, dayOf, isWorkday } from './hours.ts';
import type { Profile } from './profile.ts';

/** One thing that happens to a lead. */
export interface Happening {
  time: number;
  source: 'salesforce' | 'web' | 'email' | 'telephony';
  type: string;
  data: Record<string, string | number | null>;
}

export interface Life {
  happenings: Happening[];
  convertedAt: number | null;
  closedAt: number | null;
}

/** A lead that nobody decided on is closed after this many days. */
export const LIFE_DAYS = 75;
const NURTURE = new Set([0, 2, 5, 9, 14, 21, 30, 42, 56]);
const MOST_ATTEMPTS = 7;

/**
 * What happens to a lead after it came in, day by day: it visits and reads as far as it is interested, its rep calls, meetings
 * follow from calls, and the chance to convert follows from all of that. Nothing looks ahead. `diligence` is the rep's, around 1.
 */
export function live(random: Random, who: Profile, created: number, diligence: number): Life {
  const { quality } = who;
  const interest = sigmoid(quality);
  const happenings: Happening[] = [];
  const add = (time: number, source: Happening['source'], type: string, data: Happening['data'] = {}): void => {
    happenings.push({ time: Math.floor(time), source, type, data });
  };
  let nextCall = atWork(random, created + random.exponential((9 * HOUR) / diligence));
  let attempts = 0;
  let connected = 0;
  let meeting = Infinity;
  let held = 0;
  let recent = 0; // visits, fading by half a day
  let answered = 0;

  const end = (time: number, outcome: 'converted' | 'closed', data: Happening['data'] = {}): Life => {
    const moment = Math.floor(time);
    const before = happenings.filter((happening) => happening.time < moment).toSorted((a, b) => a.time - b.time);
    const last: Happening = { time: moment, source: 'salesforce', type: `lead.${outcome}`, data };
    return {
      happenings: [...before, last],
      convertedAt: outcome === 'converted' ? moment : null,
      closedAt: outcome === 'closed' ? moment : null,
    };
  };

  const visit = (time: number): void => {
    recent += 1;
    const share = random.uniform();
    const pricing = 0.05 + 0.2 * interest + (held > 0 ? 0.1 : 0);
    const page = share < pricing ? 'pricing' : PAGES[Math.floor(((share - pricing) / (1 - pricing)) * PAGES.length)]!;
    add(time, 'web', 'web.visited', { page, seconds: Math.round(5 + random.exponential(40 + 80 * interest)) });
    if (random.uniform() < 0.02 + 0.05 * interest) {
      add(time + 2 * MINUTE, 'web', 'web.form_submitted', { form: page === 'pricing' ? 'demo' : 'contact' });
    }
  };

  const mail = (time: number, step: number): void => {
    const template = `nurture_${step}`;
    add(time, 'email', 'email.sent', { template });
    if (random.uniform() < 0.02) return add(time + MINUTE, 'email', 'email.bounced', { template });
    if (random.uniform() > 0.18 + 0.4 * interest) return;
    const opened = time + random.exponential(7 * HOUR);
    add(opened, 'email', 'email.opened', { template });
    if (random.uniform() < 0.05 + 0.25 * interest) {
      add(opened + MINUTE, 'email', 'email.clicked', { template });
      visit(opened + 2 * MINUTE);
    }
    if (random.uniform() < 0.16 * interest * interest) {
      answered += 1;
      add(opened + random.exponential(4 * HOUR), 'email', 'email.replied', { template });
    }
  };

  const call = (time: number): void => {
    attempts += 1;
    if (attempts === 1) add(time + MINUTE, 'salesforce', 'lead.changed', { status: 'Working' });
    const quick = time - created < 2 * HOUR ? 0.12 : 0;
    const share = random.uniform();
    if (share > 0.16 + 0.2 * interest + quick) {
      add(time, 'telephony', 'call.logged', { outcome: share < 0.7 ? 'voicemail' : 'no_answer', seconds: random.below(45) });
      nextCall = atWork(random, time + (1 + random.exponential(2.5)) * DAY);
      return;
    }
    connected += 1;
    add(time, 'telephony', 'call.logged', { outcome: 'connected', seconds: Math.round(60 + random.exponential(240)) });
    const heat = quality + 0.5 * random.normal();
    add(time + 10 * MINUTE, 'salesforce', 'lead.changed', { rating: heat > 1 ? 'Hot' : heat > -0.3 ? 'Warm' : 'Cold', status: 'Contacted' });
    if (meeting === Infinity && random.uniform() < sigmoid(-1.3 + 1.1 * quality)) {
      add(time + 12 * MINUTE, 'salesforce', 'meeting.booked');
      meeting = atWork(random, time + (2 + random.exponential(2)) * DAY);
    }
    nextCall = atWork(random, time + (3 + random.exponential(4)) * DAY);
  };

  const first = dayOf(created);
  for (let age = 0; age < LIFE_DAYS; age++) {
    const day = first + age;
    const dayEnd = (day + 1) * DAY;
    const fading = 0.25 + 0.75 / (1 + age / 9);
    const rate = 0.42 * (0.3 + 2.2 * interest * interest) * fading * (isWorkday(day) ? 1 : 0.3) + (held > 0 ? 0.3 : 0);
    recent /= 2;
    for (let share = random.exponential(1 / rate); share < 1; share += random.exponential(1 / rate)) {
      if (awake(day, share) > created) visit(awake(day, share));
    }
    if (NURTURE.has(age)) mail(Math.max(created + 5 * MINUTE, awake(day, 0.2 * random.uniform())), age);
    if (nextCall < dayEnd && attempts < MOST_ATTEMPTS) call(Math.max(nextCall, day * DAY));
    if (meeting < dayEnd) {
      if (random.uniform() < 0.82) {
        held += 1;
        add(meeting + HOUR, 'salesforce', 'meeting.held');
      }
      meeting = Infinity;
    }
    if (!isWorkday(day) || age === 0) continue;
    const decision = atWork(random, awake(day, 0.1 + 0.5 * random.uniform()));
    const pull = -7.6 + 0.8 * quality + 0.6 * Math.min(connected, 2) + 2.2 * Math.min(held, 1)
      + 0.35 * Math.min(recent, 4) + 0.8 * Math.min(answered, 2);
    if (random.uniform() < sigmoid(pull)) return end(decision, 'converted');
    if (age > 6 && random.uniform() < sigmoid(-3.6 - 0.7 * quality + 0.2 * attempts - held)) {
      return end(decision, 'closed', { reason: connected > 0 ? 'No interest' : 'No response' });
    }
  }
  return end((first + LIFE_DAYS) * DAY + 9 * HOUR, 'closed', { reason: 'No decision' });
}

const PAGES = ['product', 'docs', 'blog', 'home', 'home', 'product', 'case_study', 'careers'];
