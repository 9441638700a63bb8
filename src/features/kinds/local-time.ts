import { DAY, HOUR } from '../../base/index.ts';
import type { KindOf } from '../spec.ts';
import { codeOf } from '../vocabulary.ts';
import { categoryCell, heldValue, writeHeld } from './held.ts';
import type { Kind } from './kind.ts';
import { offsetIn, ZONE_OF_COUNTRY, ZONES, type Zone } from './zones.ts';

/**
 * What a clock shows now where the record is, in hours with fractions: by the newest time zone or country that the field holds.
 * Missing for a place that is not in the table.
 */
export function localTime({ event, field }: KindOf<'local_time'>): Kind {
  return {
    needs: [{ input: { event, field }, shape: { keep: 'latest', cell: 'category' } }],
    bind: ([place]) => (view, base, now) => clockAt(heldValue(categoryCell, view, base + place!.at), now),
    write: ([place], row) => `clockAt(${writeHeld(categoryCell, row, place!.at)}, now)`,
  };
}

const zones = new Map<number, Zone>([
  ...[...ZONES].map(([name, zone]): [number, Zone] => [codeOf(name), zone]),
  ...Object.entries(ZONE_OF_COUNTRY).map(([country, name]): [number, Zone] => [codeOf(country), ZONES.get(name)!]),
]);

/** What a clock shows at the place of a code, in hours; NaN where that is none. */
export function clockAt(code: number, now: number): number {
  const zone = zones.get(code);
  return zone === undefined ? NaN : ((((now + offsetIn(zone, now)) % DAY) + DAY) % DAY) / HOUR;
}
