import { DAY, hash32 } from '../../base/index.ts';
import { arrivalTime } from '../hours.ts';
import { leadId } from '../ids.ts';
import { profileOf, type Profile } from '../profile.ts';
import { consentOf, type Consent } from './consent.ts';
import { FOR, keyed, share } from './keyed.ts';
import type { Buyer } from './params.ts';
import { keeperOf } from './keeper.ts';
import { repOf } from './rep.ts';
import type { Scene, Whom } from './scene.ts';
import { workerOf } from './staff.ts';
import { stemOf } from './told.ts';

/** Where a lead stands. `before`: a visitor whom the CRM does not know yet; `asleep`: closed, and going to wake up again. */
export type Phase = 'before' | 'open' | 'asleep' | 'converted' | 'closed';

/** A lead's life as it stands: numbers only, so that millions can be open at a time. Times in ms, days since 1970. */
export interface Lead extends Consent {
  readonly id: string;
  readonly day: number;
  readonly index: number;
  readonly created: number;
  readonly company: number;
  readonly buyer: Buyer;
  /** Hidden, in log-odds. */
  readonly quality: number;
  readonly skill: number;
  readonly diligence: number;
  /** Known to the web by an anonymous id before it gave its name. */
  readonly visitor: boolean;
  /** The rep who works it. */
  owner: number;
  /** Whose the CRM says that it is: a rep's number, or one of `QUEUE` and `NOBODY`. */
  keeper: number;
  phase: Phase;
  /** How much it wants to buy now, in log-odds; hidden. */
  intent: number;
  /** What was done to it, fading by half in a week, in log-odds. */
  pushed: number;
  attempts: number;
  connected: number;
  held: number;
  answered: number;
  /** Visits, fading by half in a day. */
  recent: number;
  nextCall: number;
  /** A task for the next call stands in the CRM. */
  planned: boolean;
  meeting: number;
  /** When it came in, or woke up. */
  opened: number;
  /** When it was reached quickly; Infinity where it was not. */
  reached: number;
  trialEnds: number;
  endedAt: number;
  wakes: number;
  readonly stem: string;
  /** Events told so far. */
  told: number;
}

/** Days for which a visitor is seen before it becomes a lead. */
export const PREVIEW_DAYS = 8;
/** A lead that nobody decided on is closed after this many days; one that woke up after as many again. */
export const OPEN_DAYS = 75;
export const LONGEST_SLEEP = 60;
export const LEAD_DAYS = PREVIEW_DAYS + 2 * OPEN_DAYS + LONGEST_SLEEP;
const TRIAL_DAYS = 14;
const WEB_SOURCES = new Set(['Web', 'Webinar']);

/** The lead that will come in on a day under a number, before anything has happened. */
export function newLead(scene: Scene, day: number, index: number): Lead {
  const random = keyed(scene.seed, FOR.arrivals, day, index);
  const who = profileOf(scene, day, index);
  const rep = random.below(scene.reps);
  const { skill, diligence } = repOf(scene, rep);
  const created = arrivalTime(random, day);
  const owner = workerOf(scene, rep, created);
  const id = leadId(day, index);
  return {
    id,
    day,
    index,
    created,
    company: who.at.number,
    ...consentOf(scene, day, index),
    buyer: who.buyer,
    quality: who.quality + driftOf(scene, day, who),
    skill,
    diligence,
    visitor: WEB_SOURCES.has(who.source) && random.uniform() < 0.7,
    owner,
    keeper: keeperOf(scene, { day, index, owner }),
    phase: 'before',
    intent: -0.2 + 0.7 * random.normal(),
    pushed: 0,
    attempts: 0,
    connected: 0,
    held: 0,
    answered: 0,
    recent: 0,
    nextCall: Infinity,
    planned: false,
    meeting: Infinity,
    opened: created,
    reached: Infinity,
    trialEnds: share(scene.seed, FOR.person, day, index, 1) < scene.params.lead.trial ? created + TRIAL_DAYS * DAY : 0,
    endedAt: Infinity,
    wakes: Infinity,
    stem: stemOf(id, scene.seed),
    told: 0,
  };
}

function driftOf({ params: { drift }, startDay }: Scene, day: number, { source, at }: Profile): number {
  if (drift.after_days < 0 || day < startDay + drift.after_days) return 0;
  return (drift.sources[source] ?? 0) + drift.fit * at.fit;
}

/** Whom the web saw before the lead gave its name. */
export function visitorOf({ id }: Lead, { seed }: Scene): Whom {
  return { subject: `v-${hash32(id, seed).toString(36)}${hash32(id, ~seed).toString(36)}`, kind: 'visitor' };
}
