import { DAY, HOUR } from '../../base/index.ts';
import { dayOf } from '../hours.ts';
import { leadId } from '../ids.ts';
import { arrivalCount } from './arrivals.ts';
import { FOR, share } from './keyed.ts';
import type { Lead } from './lead.ts';
import type { Scene } from './scene.ts';

const LATEST_DAYS = 40;

/** A request to be forgotten. */
export interface Erasure {
  /** ms */
  readonly at: number;
  /** The lead's record id. */
  readonly record: string;
}

/** The day on which a person asks to be forgotten; null for most. */
export function erasureDay({ day, index }: Pick<Lead, 'day' | 'index'>, { seed, params }: Scene): number | null {
  if (share(seed, FOR.event, day, index, 6) >= params.mess.erased) return null;
  return day + 3 + Math.floor(LATEST_DAYS * share(seed, FOR.event, day, index, 7));
}

/** Whether the CRM deletes the lead on this day because it asked to be forgotten. */
export const isErased = (lead: Lead, day: number, scene: Scene): boolean => erasureDay(lead, scene) === day && lead.phase !== 'before';

/** Who asks to be forgotten in a span of time: a request reaches the company an hour after the CRM has deleted the record. */
export function erasuresOf(scene: Scene, leadsPerDay: number, from: number, to: number): Erasure[] {
  const found: Erasure[] = [];
  for (let day = Math.max(scene.startDay, dayOf(from) - LATEST_DAYS - 3); day * DAY < to; day++) {
    const count = arrivalCount(scene.seed, day, leadsPerDay);
    for (let index = 0; index < count; index++) {
      const on = erasureDay({ day, index }, scene);
      const at = on === null ? -Infinity : on * DAY + HOUR;
      if (at >= from && at < to) found.push({ at, record: leadId(day, index) });
    }
  }
  return found.toSorted((a, b) => a.at - b.at || (a.record < b.record ? -1 : 1));
}
