const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d\d):?(\d\d))$/u;

/** The form in which most machines write a time. */
const PLAIN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u;

/** Milliseconds of an ISO 8601 time with a zone, or undefined: no local times, no 30th of February. */
export function parseTime(text: string): number | undefined {
  if (PLAIN.test(text) && Number(text.slice(8, 10)) < 29 && !text.startsWith('24', 11)) {
    const time = Date.parse(text); // a month that has this day at all: nothing to look at twice
    return Number.isNaN(time) ? undefined : time;
  }
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second = '0', fraction = '0', sign, zoneHour = '0', zoneMinute = '0'] =
    match;
  const parts = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const local = Date.UTC(parts[0], parts[1] - 1, parts[2], parts[3], parts[4], parts[5]);
  const made = new Date(local);
  const kept =
    made.getUTCFullYear() === parts[0] &&
    made.getUTCMonth() + 1 === parts[1] &&
    made.getUTCDate() === parts[2] &&
    made.getUTCHours() === parts[3] &&
    made.getUTCMinutes() === parts[4] &&
    made.getUTCSeconds() === parts[5];
  if (!kept || Number(zoneHour) > 14 || Number(zoneMinute) > 59) return undefined;
  const zone = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000;
  return local + Math.floor(Number(`0.${fraction}`) * 1000) - (sign === '-' ? -zone : zone);
}
