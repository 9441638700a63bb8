import * as words from 'c/words';

const MORNING_HOUR = 9;
const MONDAY = 1;

/** The morning `days` after `now`, in the viewer's time. */
export function morningAfter(now, days) {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING_HOUR);
}

/** The usual ends of a snooze: `[{ value: ISO time, label }]`, soonest first, no day twice. */
export function snoozeTimes(now) {
  const { snooze } = words;
  const toMonday = (MONDAY - now.getDay() + 7) % 7 || 7;
  const choices = [
    { days: 1, label: snooze.tomorrow },
    { days: 3, label: snooze.threeDays },
    { days: toMonday, label: snooze.nextMonday },
    { days: 14, label: snooze.twoWeeks },
  ];
  const seen = new Set();
  return choices
    .filter(({ days }) => !seen.has(days) && seen.add(days))
    .sort((a, b) => a.days - b.days)
    .map(({ days, label }) => ({ value: morningAfter(now, days).toISOString(), label }));
}

/** The morning of a calendar day `YYYY-MM-DD` as ISO time; null for none or one that is not ahead of `now`. */
export function morningOf(day, now) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '');
  if (!match) return null;
  const time = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]), MORNING_HOUR);
  return time > now ? time.toISOString() : null;
}

/** The calendar day of a date as `YYYY-MM-DD`, as a date input wants it. */
export function dayOf(date) {
  const two = (number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
