import { DAY, HOUR, type Random } from '../base/index.ts';

/** Leads a day by weekday, Sunday first; the mean is 1. */
const ARRIVALS = [0.3, 1.3, 1.38, 1.32, 1.26, 1.09, 0.35];
/** The share of the day's arrivals by hour, UTC. */
const HOURS = [1, 1, 1, 1, 1, 2, 3, 5, 9, 11, 12, 11, 9, 10, 11, 10, 8, 6, 5, 4, 4, 3, 2, 1];
const HOURS_SUM = HOURS.reduce((sum, share) => sum + share, 0);
const OPENS = 8;
const CLOSES = 17;

export const dayOf = (time: number): number => Math.floor(time / DAY);
/** 0 is Sunday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;
export const isWorkday = (day: number): boolean => weekdayOf(day) % 6 !== 0;
export const arrivalsOn = (day: number): number => ARRIVALS[weekdayOf(day)]!;

/** A moment of the day at which a lead comes in. */
export function arrivalTime(random: Random, day: number): number {
  let left = random.uniform() * HOURS_SUM;
  const hour = HOURS.findIndex((share) => (left -= share) < 0);
  return day * DAY + Math.floor((hour + random.uniform()) * HOUR);
}

/** The time itself within working hours (8–17 UTC, Monday to Friday), else a moment early in the next ones. */
export function atWork(random: Random, time: number): number {
  let day = dayOf(time);
  const hour = (time - day * DAY) / HOUR;
  if (isWorkday(day) && hour >= OPENS && hour < CLOSES) return time;
  if (hour >= CLOSES) day += 1;
  while (!isWorkday(day)) day += 1;
  return day * DAY + Math.floor((OPENS + 1.5 * random.uniform()) * HOUR);
}

/** A moment of waking hours, by a share of the day in [0, 1). */
export const awake = (day: number, share: number): number => day * DAY + Math.floor((7 + 15 * share) * HOUR);
