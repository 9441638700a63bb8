import { FOR, share } from './keyed.ts';
import type { Lead } from './lead.ts';
import type { Scene } from './scene.ts';

/** The day on which a person asks to be forgotten; null for most. */
export function erasureDay({ day, index }: Pick<Lead, 'day' | 'index'>, { seed, params }: Scene): number | null {
  if (share(seed, FOR.event, day, index, 6) >= params.mess.erased) return null;
  return day + 3 + Math.floor(40 * share(seed, FOR.event, day, index, 7));
}

/** Whether the CRM deletes the lead on this day because it asked to be forgotten. */
export const isErased = (lead: Lead, day: number, scene: Scene): boolean => erasureDay(lead, scene) === day && lead.phase !== 'before';
