import locale from '@salesforce/i18n/locale';
import timeZone from '@salesforce/i18n/timeZone';
import * as words from 'c/words';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds from an ISO time to `now` (ms since the epoch); never negative, null for an unreadable time. */
export function secondsSince(time, now) {
  const then = Date.parse(time);
  return Number.isNaN(then) ? null : Math.max(0, Math.floor((now - then) / 1000));
}

/** The ISO time that lay `seconds` before the ISO time `reference`. */
export function before(reference, seconds) {
  const then = Date.parse(reference);
  return Number.isNaN(then) || !Number.isFinite(seconds) ? null : new Date(then - seconds * 1000).toISOString();
}

/** An ISO time as the user writes one, to the minute; nothing for an unreadable time. */
export function timeText(iso) {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return '';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(time);
}

/** An age in words, coarser the older it is: `4 min`, `1 h 30 min`, `5 h`, `3 d`. */
export function ageText(seconds) {
  const { age, fill } = words;
  if (!Number.isFinite(seconds)) return age.unknown;
  if (seconds < MINUTE) return age.now;
  if (seconds < HOUR) return fill(age.minutes, Math.floor(seconds / MINUTE));
  if (seconds >= 2 * DAY) return fill(age.days, Math.floor(seconds / DAY));
  const hours = Math.floor(seconds / HOUR);
  const minutes = Math.floor((seconds % HOUR) / MINUTE);
  return hours < 3 && minutes > 0 ? fill(age.hoursMinutes, hours, minutes) : fill(age.hours, hours);
}
