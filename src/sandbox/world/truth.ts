import { DAY, MINUTE } from '../../base/index.ts';
import { dayOf } from '../hours.ts';
import { parseLeadId } from '../ids.ts';
import { sceneOf, type WorldOptions } from '../world.ts';
import { arrivalCount } from './arrivals.ts';
import { isErased } from './erasure.ts';
import { LEAD_DAYS, newLead, PREVIEW_DAYS, type Lead } from './lead.ts';
import { liveLead } from './live-lead.ts';
import { ACTIONS, type Action, type Buyer } from './params.ts';
import type { Scene } from './scene.ts';

/** What only the simulation knows of a lead; for tests, never for the product. Times in ms. */
export interface Truth {
  /** Higher is better, in log-odds around 0. */
  readonly quality: number;
  readonly buyer: Buyer;
  readonly created: number;
  readonly convertedAt: number | null;
  readonly closedAt: number | null;
  /** What each action adds to the odds of this lead, in log-odds. */
  readonly effects: Readonly<Record<Action, number>>;
}

export interface Question {
  /** Asked at the end of this day of the lead's age. */
  readonly age: number;
  /** Within how many days it is to convert. */
  readonly days: number;
  /** How many possible courses of things are lived through: the answer is the share in which it converts. */
  readonly courses: number;
  /** What is done with the lead at that time. */
  readonly action?: Action;
}

export interface Oracle {
  /** Undefined when no such lead came in. */
  truth(recordId: string): Truth | undefined;
  /** The probability that a lead converts, from all that is hidden too. Undefined where it is not open then. */
  chance(recordId: string, question: Question): number | undefined;
}

/** Lives single leads of a world again. */
export function oracleOf(options: WorldOptions): Oracle {
  const scene = sceneOf(options);
  const { leadsPerDay = 30 } = options;

  const find = (recordId: string): Lead | undefined => {
    const place = parseLeadId(recordId);
    if (place === undefined || place.day < scene.startDay) return undefined;
    if (place.index >= arrivalCount(scene.seed, place.day, leadsPerDay)) return undefined;
    return newLead(scene, place.day, place.index);
  };

  return {
    truth(recordId) {
      const lead = find(recordId);
      if (lead === undefined) return undefined;
      liveThrough(lead, first(lead), lead.day + LEAD_DAYS, scene);
      const effects = Object.fromEntries(ACTIONS.map((action) => [action, scene.params.actions[action][lead.buyer]]));
      const { phase, endedAt, quality, buyer, created } = lead;
      return {
        quality,
        buyer,
        created,
        convertedAt: phase === 'converted' ? endedAt - MINUTE : null,
        closedAt: phase === 'closed' ? endedAt : null,
        effects: effects as Record<Action, number>,
      };
    },
    chance(recordId, { age, days, courses, action }) {
      const lead = find(recordId);
      if (lead === undefined) return undefined;
      const day = lead.day + age;
      liveThrough(lead, first(lead), day, scene);
      if (lead.phase !== 'open') return undefined;
      if (action !== undefined) lead.pushed += scene.params.actions[action][lead.buyer];
      let converted = 0;
      for (let fate = 1; fate <= courses; fate++) {
        const copy = { ...lead };
        liveThrough(copy, day + 1, day + days, { ...scene, fate });
        if (copy.phase === 'converted') converted += 1;
      }
      return converted / courses;
    },
  };

  function first(lead: Lead): number {
    return Math.max(lead.day - PREVIEW_DAYS, scene.startDay);
  }
}

/** Lives a lead from a day to the end of another, or of itself. */
function liveThrough(lead: Lead, from: number, to: number, scene: Scene): void {
  for (let day = from; day <= to; day++) {
    if (isErased(lead, day, scene)) {
      lead.phase = 'closed';
      lead.endedAt = day * DAY;
    } else liveLead(lead, day, scene, silent);
    if (lead.phase === 'converted' || lead.phase === 'closed' || day > dayOf(lead.endedAt)) return;
  }
}

const silent = (): void => {};
