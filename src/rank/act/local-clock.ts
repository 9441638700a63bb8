import { DAY, HOUR } from '../../base/index.ts';
import type { Situation } from './situation.ts';

/** What clock and calendar show where a record is. */
export interface LocalClock {
  /** Hours with fractions, [0, 24). */
  readonly hour: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

/** The feature that holds the hour. */
export const LOCAL_TIME = 'local_time';

/**
 * The record's clock, from its hour of the day and the moment; undefined where its place is not known. A zone lies at most
 * twelve hours from UTC, so the hour tells the day.
 */
export function localClock({ feature, now }: Situation): LocalClock | undefined {
  const hour = feature(LOCAL_TIME);
  if (typeof hour !== 'number' || !(hour >= 0 && hour < 24)) return undefined;
  const utc = (((now % DAY) + DAY) % DAY) / HOUR;
  const ahead = ((hour - utc + 36) % 24) - 12;
  const day = Math.floor((now + ahead * HOUR) / DAY + 1e-9);
  return { hour, weekday: (((day + 4) % 7) + 7) % 7 };
}

/** An hour as a clock shows it: 18.5 is 18:30. */
export function clockText(hour: number): string {
  const minutes = Math.floor(hour * 60 + 1e-6);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
