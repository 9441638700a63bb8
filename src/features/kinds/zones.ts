import { DAY, HOUR } from '../../base/index.ts';

/** When clocks go forward: in the European Union, the United States, the south-east of Australia, or never. */
type Summer = 'eu' | 'us' | 'au' | 'none';

export interface Zone {
  readonly hours: number;
  readonly summer: Summer;
}

const zone = (name: string, hours: number, summer: Summer): [string, Zone] => [name, { hours, summer }];

/**
 * Hours from UTC in winter, and the rule for summer, as they are in 2026. A table of our own: the engine's differs between
 * releases, and a vector must not.
 */
export const ZONES = new Map([
  zone('UTC', 0, 'none'),
  zone('Europe/London', 0, 'eu'), zone('Europe/Dublin', 0, 'eu'), zone('Europe/Lisbon', 0, 'eu'),
  zone('Europe/Berlin', 1, 'eu'), zone('Europe/Paris', 1, 'eu'), zone('Europe/Amsterdam', 1, 'eu'), zone('Europe/Madrid', 1, 'eu'),
  zone('Europe/Rome', 1, 'eu'), zone('Europe/Vienna', 1, 'eu'), zone('Europe/Zurich', 1, 'eu'), zone('Europe/Stockholm', 1, 'eu'),
  zone('Europe/Warsaw', 1, 'eu'), zone('Europe/Helsinki', 2, 'eu'), zone('Europe/Athens', 2, 'eu'),
  zone('Europe/Brussels', 1, 'eu'), zone('Europe/Luxembourg', 1, 'eu'), zone('Europe/Copenhagen', 1, 'eu'), zone('Europe/Oslo', 1, 'eu'),
  zone('Europe/Prague', 1, 'eu'), zone('Europe/Budapest', 1, 'eu'), zone('Europe/Bratislava', 1, 'eu'), zone('Europe/Ljubljana', 1, 'eu'),
  zone('Europe/Zagreb', 1, 'eu'), zone('Europe/Belgrade', 1, 'eu'), zone('Europe/Malta', 1, 'eu'), zone('Europe/Bucharest', 2, 'eu'),
  zone('Europe/Sofia', 2, 'eu'), zone('Europe/Riga', 2, 'eu'), zone('Europe/Tallinn', 2, 'eu'), zone('Europe/Vilnius', 2, 'eu'),
  zone('Asia/Nicosia', 2, 'eu'), zone('Europe/Istanbul', 3, 'none'), zone('Atlantic/Canary', 0, 'eu'), zone('Atlantic/Azores', -1, 'eu'),
  zone('Atlantic/Reykjavik', 0, 'none'),
  zone('America/New_York', -5, 'us'), zone('America/Chicago', -6, 'us'), zone('America/Denver', -7, 'us'),
  zone('America/Los_Angeles', -8, 'us'), zone('America/Toronto', -5, 'us'), zone('America/Mexico_City', -6, 'none'),
  zone('America/Detroit', -5, 'us'), zone('America/Indiana/Indianapolis', -5, 'us'), zone('America/Indianapolis', -5, 'us'), zone('America/Boise', -7, 'us'),
  zone('America/Phoenix', -7, 'none'), zone('America/Anchorage', -9, 'us'), zone('Pacific/Honolulu', -10, 'none'), zone('America/Puerto_Rico', -4, 'none'),
  zone('America/Halifax', -4, 'us'), zone('America/Winnipeg', -6, 'us'), zone('America/Edmonton', -7, 'us'), zone('America/Vancouver', -8, 'us'),
  zone('America/Regina', -6, 'none'), zone('America/Bogota', -5, 'none'), zone('America/Lima', -5, 'none'), zone('America/Argentina/Buenos_Aires', -3, 'none'),
  zone('America/Sao_Paulo', -3, 'none'), zone('Asia/Dubai', 4, 'none'), zone('Asia/Kolkata', 5.5, 'none'),
  zone('Asia/Singapore', 8, 'none'), zone('Asia/Shanghai', 8, 'none'), zone('Asia/Tokyo', 9, 'none'), zone('Australia/Brisbane', 10, 'none'),
  zone('Asia/Hong_Kong', 8, 'none'), zone('Asia/Seoul', 9, 'none'), zone('Asia/Manila', 8, 'none'), zone('Asia/Jakarta', 7, 'none'),
  zone('Asia/Bangkok', 7, 'none'), zone('Asia/Kuala_Lumpur', 8, 'none'), zone('Asia/Riyadh', 3, 'none'), zone('Africa/Johannesburg', 2, 'none'),
  zone('Africa/Lagos', 1, 'none'), zone('Africa/Nairobi', 3, 'none'),
  zone('Australia/Sydney', 10, 'au'), zone('Australia/Melbourne', 10, 'au'), zone('Australia/Adelaide', 9.5, 'au'), zone('Australia/Perth', 8, 'none'),
]);

/** The zone in which most of a country works. */
export const ZONE_OF_COUNTRY: Readonly<Record<string, string>> = {
  GB: 'Europe/London', IE: 'Europe/Dublin', PT: 'Europe/Lisbon', DE: 'Europe/Berlin', FR: 'Europe/Paris', NL: 'Europe/Amsterdam',
  BE: 'Europe/Paris', ES: 'Europe/Madrid', IT: 'Europe/Rome', AT: 'Europe/Vienna', CH: 'Europe/Zurich', SE: 'Europe/Stockholm',
  DK: 'Europe/Stockholm', NO: 'Europe/Stockholm', PL: 'Europe/Warsaw', CZ: 'Europe/Warsaw', FI: 'Europe/Helsinki', GR: 'Europe/Athens',
  US: 'America/Chicago', CA: 'America/Toronto', MX: 'America/Mexico_City', BR: 'America/Sao_Paulo', AE: 'Asia/Dubai', IN: 'Asia/Kolkata',
  SG: 'Asia/Singapore', CN: 'Asia/Shanghai', JP: 'Asia/Tokyo',
};

/** How far the clocks of a zone are ahead of UTC at a time, ms. */
export const offsetOf = (name: string, time: number): number => offsetIn(ZONES.get(name)!, time);

/** As `offsetOf`, of what `ZONES` says of a zone. */
export const offsetIn = ({ hours, summer }: Zone, time: number): number => (hours + Number(isSummer(summer, hours, time))) * HOUR;

function isSummer(rule: Summer, hours: number, time: number): boolean {
  if (rule === 'none') return false;
  const { eu, us, au } = sundaysOf(time);
  if (rule === 'eu') return time >= eu[0] + HOUR && time < eu[1] + HOUR; // 1:00 UTC
  const local = (2 - hours) * HOUR; // 2:00 of winter, 1:00 of winter = 2:00 of summer
  if (rule === 'au') return time < au[0] + local || time >= au[1] + local; // it begins in October, and ends in April at 3:00 of summer
  return time >= us[0] + local && time < us[1] + local - HOUR;
}

interface Sundays {
  readonly from: number;
  readonly to: number;
  readonly eu: readonly [number, number];
  readonly us: readonly [number, number];
  /** In a year, first the one on which it ends. */
  readonly au: readonly [number, number];
}

let held: Sundays = { from: 0, to: 0, eu: [0, 0], us: [0, 0], au: [0, 0] };

/** The Sundays on which clocks change in the year of a time; those of one year at a time are kept. */
function sundaysOf(time: number): Sundays {
  if (time >= held.from && time < held.to) return held;
  const year = new Date(time).getUTCFullYear();
  return (held = {
    from: Date.UTC(year, 0),
    to: Date.UTC(year + 1, 0),
    eu: [sunday(year, 2, 'last'), sunday(year, 9, 'last')],
    us: [sunday(year, 2, 2), sunday(year, 10, 1)],
    au: [sunday(year, 3, 1), sunday(year, 9, 1)],
  });
}

/** Midnight UTC of the first, second or last Sunday of a month. */
function sunday(year: number, month: number, which: 1 | 2 | 'last'): number {
  if (which === 'last') {
    const end = Date.UTC(year, month + 1, 0);
    return end - new Date(end).getUTCDay() * DAY;
  }
  const begin = Date.UTC(year, month, 1);
  return begin + (((7 - new Date(begin).getUTCDay()) % 7) + 7 * (which - 1)) * DAY;
}
