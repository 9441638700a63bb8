import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LoggedEvent } from '../../events/index.ts';
import { gatherColumns } from './gather.ts';
import { pickRows } from './pick.ts';

const events = fc.array(fc.record({
  subject: fc.constantFrom('ld_a', 'ld_b', 'ac_x'),
  type: fc.constantFrom('web.visited', 'lead.changed'),
  time: fc.nat(99),
  data: fc.record({ page: fc.constantFrom('home', 'pricing', null), seconds: fc.nat(9), active: fc.boolean() }, { requiredKeys: [] }),
}), { maxLength: 30 });

it('some rows of columns are the columns of these events alone', () => {
  fc.assert(
    fc.property(events, fc.infiniteStream(fc.boolean()), (some, taken) => {
      const rows = some.map((event, offset) => ({ event: { ...event, id: `e${offset}`, source: 's', version: 1, offset, received: 5, knownAt: event.time } as unknown as LoggedEvent, repeat: offset % 3 === 0 }));
      const places = [...rows.keys()].filter(() => taken.next().value);
      const { fields, origin: _origin, ...picked } = pickRows(gatherColumns(rows), Int32Array.from(places));
      const { fields: expected, origin: _none, ...rest } = gatherColumns(places.map((place) => rows[place]!));
      expect(picked).toEqual(rest);
      for (const [name, column] of expected) expect(fields.get(name)).toEqual(column);
    }),
  );
});
