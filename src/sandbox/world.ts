import { DAY, HOUR } from '../base/index.ts';
import { dayOf } from './hours.ts';
import type { Region } from './market.ts';
import { orgOf, type Org } from './org.ts';
import { companiesOf } from './world/company.ts';
import { courseOf, type Course } from './world/course.ts';
import { erasuresOf, type Erasure } from './world/erasure.ts';
import { deliver, longestDelay, type Delivery } from './world/deliver.ts';
import { defaultWorld } from './world/load.ts';
import type { WorldParams } from './world/params.ts';
import type { Scene } from './world/scene.ts';
import type { Timed } from './world/told.ts';

export interface WorldOptions {
  seed: number;
  /** When the first lead may come in, ms: the start of a day. */
  start: number;
  reps?: number;
  leadsPerDay?: number;
  region?: Region;
  params?: WorldParams;
}

/** A simulated sales organisation, the same for the same options however it is asked. */
export interface World {
  readonly org: Org;
  /** What happened in `from` ≤ time < `to`, as the sources would tell it if nothing ever went wrong; in order of time. */
  events(from: number, to: number): Iterable<Delivery>;
  /** What arrives in `from` ≤ time < `to`, in order of arrival: late, twice or broken as the world's parameters say. */
  deliveries(from: number, to: number): Iterable<Delivery>;
  /** Who asks to be forgotten in `from` ≤ time < `to`, and when, ms; in order of time. */
  erasures(from: number, to: number): Erasure[];
  /** How many leads and opportunities are open where the telling stands. */
  open(): number;
}

export function world(options: WorldOptions): World {
  const { seed, start, leadsPerDay = 30 } = options;
  const scene = sceneOf(options);
  const startDay = dayOf(start);
  let course: Course | undefined;
  /** The newest events: what comes late is told of them. `from`, ms: older ones of the day are not kept. */
  const recent = new Map<number, { from: number; events: Timed[] }>();
  const late = longestDelay(scene.params) + HOUR; // who asks for the next minutes over midnight need not wait

  /** Events of a day from a time on. Going on is cheap; going back lives through all again from the start. */
  const eventsOn = (day: number, from: number): Timed[] => {
    const known = recent.get(day);
    if (known !== undefined && Math.max(from, day * DAY) >= known.from) return known.events;
    if (course === undefined || day <= course.day()) course = courseOf(scene, leadsPerDay);
    let passed: Timed[] = [];
    while (course.day() < day) passed = course.next();
    const since = day * DAY - late;
    for (const [old, kept] of recent) {
      if (old > day || (old + 1) * DAY <= since) recent.delete(old);
      else if (kept.from < since) recent.set(old, { from: since, events: kept.events.filter(({ at }) => at >= since) });
    }
    recent.set(day, { from: day * DAY, events: passed });
    return passed;
  };

  function* events(from: number, to: number): Iterable<Timed> {
    for (let day = Math.max(startDay, dayOf(from)); day * DAY < to; day++) {
      for (const event of eventsOn(day, from)) if (event.at >= from && event.at < to) yield event;
    }
  }

  return {
    org: orgOf(scene, scene.reps),
    events,
    *deliveries(from, to) {
      for (const delivery of deliver(events(from - longestDelay(scene.params), to), seed, scene.params)) {
        if (delivery.at >= from && delivery.at < to) yield delivery;
      }
    },
    erasures: (from, to) => erasuresOf(scene, leadsPerDay, from, to),
    open: () => course?.open() ?? 0,
  };
}

/** What the lives of a world share. */
export function sceneOf(options: WorldOptions): Scene {
  const { seed, start, reps = 24, leadsPerDay = 30, region = 'us', params = defaultWorld() } = options;
  const startDay = dayOf(start);
  const companies = companiesOf({ seed, params, region, startDay, leadsPerDay });
  return { seed, params, companies, startDay, reps, region, fate: 0 };
}
