import { DAY, HOUR } from '../../base/index.ts';

/** When clocks go forward: in the European Union, the United States, or never. */
type Summer = 'eu' | 'us' | 'none';

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
  zone('America/New_York', -5, 'us'), zone('America/Chicago', -6, 'us'), zone('America/Denver', -7, 'us'),
  zone('America/Los_Angeles', -8, 'us'), zone('America/Toronto', -5, 'us'), zone('America/Mexico_City', -6, 'none'),
  zone('America/Sao_Paulo', -3, 'none'), zone('Asia/Dubai', 4, 'none'), zone('Asia/Kolkata', 5.5, 'none'),
  zone('Asia/Singapore', 8, 'none'), zone('Asia/Shanghai', 8, 'none'), zone('Asia/Tokyo', 9, 'none'), zone('Australia/Brisbane', 10, 'none'),
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
  const { eu, us } = sundaysOf(time);
  if (rule === 'eu') return time >= eu[0] + HOUR && time < eu[1] + HOUR; // 1:00 UTC
  const local = (2 - hours) * HOUR; // 2:00 of winter, 1:00 of winter = 2:00 of summer
  return time >= us[0] + local && time < us[1] + local - HOUR;
}

interface Sundays {
  readonly from: number;
  readonly to: number;
  readonly eu: readonly [number, number];
  readonly us: readonly [number, number];
}

let held: Sundays = { from: 0, to: 0, eu: [0, 0], us: [0, 0] };

/** The Sundays on which clocks change in the year of a time; those of one year at a time are kept. */
function sundaysOf(time: number): Sundays {
  if (time >= held.from && time < held.to) return held;
  const year = new Date(time).getUTCFullYear();
  return (held = {
    from: Date.UTC(year, 0),
    to: Date.UTC(year + 1, 0),
    eu: [sunday(year, 2, 'last'), sunday(year, 9, 'last')],
    us: [sunday(year, 2, 2), sunday(year, 10, 1)],
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
