import { DAY, random, sha256Hex } from '../base/index.ts';
import { arrivalTime, arrivalsOn, dayOf } from './hours.ts';
import { leadId, parseLeadId } from './ids.ts';
import { live, LIFE_DAYS, type Happening, type Life } from './life.ts';
import { org, profileOf, type Org } from './org.ts';
import type { Profile, Region } from './profile.ts';
import type { RawEvent } from './raw.ts';

export interface WorldOptions {
  seed: number;
  /** When the first lead may come in, ms. */
  start: number;
  reps?: number;
  leadsPerDay?: number;
  region?: Region;
}

/** What only the simulation knows of a lead. Times in ms. */
export interface Truth {
  /** Higher is better, in log-odds around 0. */
  quality: number;
  created: number;
  convertedAt: number | null;
  closedAt: number | null;
}

/** A simulated sales organisation, the same for the same options however it is asked. */
export interface World {
  readonly org: Org;
  /** What the sources send about `from` ≤ time < `to`, in order of time. */
  events(from: number, to: number): Iterable<RawEvent>;
  /** Undefined when no such lead came in. */
  truth(recordId: string): Truth | undefined;
}

interface Arrival {
  id: string;
  created: number;
  owner: string;
  who: Profile;
  life: Life;
}

/** The old form of `lead.created` is sent for this long after the start: real feeds change their schema, so this one does. */
const OLD_SCHEMA_DAYS = 30;

export function world({ seed, start, reps = 24, leadsPerDay = 30, region = 'us' }: WorldOptions): World {
  const root = random(seed);
  const people = org({ seed, reps, region });
  const owners = people.users().filter((user) => user.role === 'rep').map((user) => user.id);
  /** By day of arrival, then by day of event. */
  const arrived = new Map<number, Map<number, RawEvent[]>>();
  let ordered: { day: number; events: RawEvent[] } | undefined;

  const arrival = (day: number, index: number): Arrival => {
    const stream = root.fork(`life ${day} ${index}`);
    const who = profileOf(seed, region, day, index);
    const owner = stream.below(owners.length);
    const created = arrivalTime(stream, day);
    const diligence = 0.6 + 0.8 * root.fork(`rep ${owner}`).uniform();
    return { id: leadId(day, index), created, owner: owners[owner]!, who, life: live(stream, who, created, diligence) };
  };

  /** How many leads come in on a day: Poisson, by the gaps between them. */
  const arrivalCount = (day: number): number => {
    const stream = root.fork(`day ${day}`);
    const mean = leadsPerDay * arrivalsOn(day);
    let count = 0;
    for (let gone = stream.exponential(1); gone < mean; gone += stream.exponential(1)) count += 1;
    return count;
  };

  const eventsOfArrivals = (day: number): Map<number, RawEvent[]> => {
    const known = arrived.get(day);
    if (known !== undefined) return known;
    const byDay = new Map<number, RawEvent[]>();
    const count = arrivalCount(day);
    for (let index = 0; index < count; index++) {
      const lead = arrival(day, index);
      if (lead.created < start) continue;
      const events = toldOf(lead, sha256Hex(`${seed} ${lead.id}`).slice(0, 20), lead.created < start + OLD_SCHEMA_DAYS * DAY, region);
      for (const event of events) {
        const list = byDay.get(dayOf(Date.parse(event.time)));
        if (list === undefined) byDay.set(dayOf(Date.parse(event.time)), [event]);
        else list.push(event);
      }
    }
    arrived.set(day, byDay);
    return byDay;
  };

  const eventsOn = (day: number): RawEvent[] => {
    if (ordered?.day === day) return ordered.events;
    const events: RawEvent[] = [];
    for (let from = Math.max(dayOf(start), day - LIFE_DAYS - 1); from <= day; from++) {
      events.push(...(eventsOfArrivals(from).get(day) ?? []));
    }
    for (const old of arrived.keys()) if (old < day - LIFE_DAYS - 1) arrived.delete(old);
    events.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.id < b.id ? -1 : 1));
    ordered = { day, events };
    return events;
  };

  return {
    org: people,
    *events(from, to) {
      if (from <= start && start < to) yield* hierarchy(people, start);
      for (let day = dayOf(Math.max(from, start)); day * DAY < to; day++) {
        for (const event of eventsOn(day)) {
          const time = Date.parse(event.time);
          if (time >= from && time < to) yield event;
        }
      }
    },
    truth(recordId) {
      const place = parseLeadId(recordId);
      if (place === undefined || place.index >= arrivalCount(place.day)) return undefined;
      const lead = arrival(place.day, place.index);
      if (lead.created < start) return undefined;
      return { quality: lead.who.quality, created: lead.created, convertedAt: lead.life.convertedAt, closedAt: lead.life.closedAt };
    },
  };
}

function hierarchy(people: Org, start: number): RawEvent[] {
  const time = new Date(start).toISOString();
  return people.users().map(({ id, manager }) => ({
    specversion: '1.0', id: `user-${id}`, source: 'salesforce', type: 'user.changed', subject: id, time,
    data: manager === undefined ? { active: true } : { active: true, manager },
  }));
}

/** What the sources send about one lead. Event ids say nothing of it, and no two leads share one. */
function toldOf({ id, created, owner, who, life }: Arrival, stem: string, old: boolean, region: Region): RawEvent[] {
  const tell = ({ time, source, type, data }: Happening, number: number): RawEvent => ({
    specversion: '1.0', id: `${stem}-${number}`, source, type, subject: id, time: new Date(time).toISOString(), data,
  });
  const data = {
    owner, region, lead_source: who.source, industry: who.industry, country: who.country, campaign: who.campaign,
    annual_revenue: who.revenue, title: who.title, email: who.email, first_name: who.first, last_name: who.last,
    company: who.company, phone: who.phone, street: who.street,
    [old ? 'company_size' : 'employees']: who.employees,
  };
  const creation: Happening = { time: created, source: 'salesforce', type: old ? 'lead.created.v1' : 'lead.created.v2', data };
  return [creation, ...life.happenings].map(tell);
}
