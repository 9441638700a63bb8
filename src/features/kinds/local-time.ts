import { DAY, HOUR } from '../../base/index.ts';
import type { KindOf } from '../spec.ts';
import { categoryCell, heldValue } from './held.ts';
import type { Kind, Scope } from './kind.ts';
import { offsetOf, ZONE_OF_COUNTRY, ZONES } from './zones.ts';

/**
 * What a clock shows now where the record is, in hours with fractions: by the newest time zone or country that the field holds.
 * Missing for a place that is not in the table.
 */
export function localTime({ event, field }: KindOf<'local_time'>, scope: Scope): Kind {
  const zones = new Map<number, string>([
    ...[...ZONES.keys()].map((zone): [number, string] => [scope.codeOf(zone), zone]),
    ...Object.entries(ZONE_OF_COUNTRY).map(([country, zone]): [number, string] => [scope.codeOf(country), zone]),
  ]);
  return {
    needs: [{ input: { event, field }, shape: { keep: 'latest', cell: 'category' } }],
    bind: ([place]) => (view, base, now) => {
      const zone = zones.get(heldValue(categoryCell, view, base + place!.at));
      return zone === undefined ? NaN : ((((now + offsetOf(zone, now)) % DAY) + DAY) % DAY) / HOUR;
    },
  };
}
