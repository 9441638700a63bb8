import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../base/index.ts';
import { ZONES } from '../../features/index.ts';
import { aheadOf } from '../calendar/wall.ts';
import { LOCAL_TIME, localClock } from './local-clock.ts';

const CHANGES = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'].map((day) => Date.parse(day));

test('a record’s clock and weekday are those of Intl, wherever, around any change of clocks', () => {
  const near = fc.tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -36 * 60, max: 60 * 60 })).map(([day, minutes]) => day + minutes * MINUTE);
  fc.assert(fc.property(fc.constantFrom(...ZONES.keys()), near, (zone, now) => {
    const hour = ((((now + aheadOf(zone, now)) % DAY) + DAY) % DAY) / HOUR;
    const clock = localClock({ feature: (name) => (name === LOCAL_TIME ? hour : null), now, lastTouch: null, lastEvent: now } as Parameters<typeof localClock>[0])!;
    const parts = new Map(new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit' }).formatToParts(now).map(({ type, value }) => [type, value]));
    expect([clock.weekday, Math.round(clock.hour * 60)]).toEqual([['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(parts.get('weekday')!), Number(parts.get('hour')) * 60 + Number(parts.get('minute'))]);
  }), { numRuns: 400 });
});
