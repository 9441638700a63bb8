import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../events/index.ts';
import { fieldOf } from './columns.ts';
import { gatherColumns } from './gather.ts';
import { readLifted } from './lifted.ts';
import { readPart } from './part-read.ts';
import { writePart } from './part-write.ts';
import { eventReader } from './scatter.ts';

const value = fc.oneof(fc.string({ minLength: 1 }).filter((text) => !text.includes('\0')), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null));
const time = fc.integer({ min: -(10 ** 12), max: 4 * 10 ** 12 });
const event = fc.record({
  id: fc.string({ minLength: 1 }),
  source: fc.constantFrom('web', 'salesforce'),
  type: fc.constantFrom('web.visited', 'lead.changed'),
  version: fc.integer({ min: 1, max: 9 }),
  subject: fc.constantFrom('ld_a', 'ld_b', 'ld_ä'),
  time,
  data: fc.dictionary(fc.constantFrom('page', 'seconds', 'owner', 'active'), value),
  offset: fc.maxSafeNat(),
  received: time,
  knownAt: time,
});

/** As JSON and -0 allow: a dictionary of fast-check has no prototype. */
const plain = (events: readonly object[]): unknown => events.map((one) => ({ ...one, data: { ...(one as LoggedEvent).data } }));

describe('a part of the history', () => {
  it('gives back the events that it was written from', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 40, size: 'max' }), (events) => {
        const columns = readPart(writePart(gatherColumns(events.map((one) => ({ event: one as unknown as LoggedEvent, repeat: false })))));
        const read = eventReader(columns);
        expect(plain(events.map((_, row) => read(row)))).toEqual(plain(events));
      }),
      { numRuns: 60 },
    );
  });

  it('lifts rows of an older schema to the newest', () => {
    const old = { id: 'a', source: 'salesforce', type: 'lead.created', version: 1, subject: 'ld_a', time: 1, data: { owner: 'us_a', company_size: 40 }, offset: 0, received: 1, knownAt: 1 };
    const file = writePart(gatherColumns([{ event: old as unknown as LoggedEvent, repeat: true }]));
    const lifted = readLifted(file, { fields: new Set(['number_employees']), origin: 'without' });
    expect([...lifted.versions, ...lifted.repeats]).toEqual([2, 1]);
    expect(lifted.fields.get('number_employees')).toMatchObject({ values: Float64Array.of(40) });
    const later = writePart(gatherColumns([{ event: { ...old, version: 99 } as unknown as LoggedEvent, repeat: false }]));
    expect(() => readLifted(later)).toThrow(expect.objectContaining({ kind: 'newer' }));
  });

  it('reads the chosen fields only, and the same values', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 20, size: 'max' }), (events) => {
        const all = gatherColumns(events.map((one, row) => ({ event: one as unknown as LoggedEvent, repeat: row % 3 === 0 })));
        const some = readPart(writePart(all), { fields: new Set(['text_page', 'number_seconds']), origin: 'without' });
        expect(some.origin).toBeUndefined();
        expect([...some.repeats]).toEqual([...all.repeats]);
        expect([...some.ties]).toEqual([...all.ties]);
        for (const [name, column] of some.fields) {
          expect(fieldOf(name)!.field).toMatch(/^(page|seconds)$/u);
          expect(column.kind === 'text' || column.values).toEqual(column.kind === 'text' || (all.fields.get(name) as typeof column).values);
        }
        const { codes, words } = some.types;
        expect(Array.from(codes, (code) => words[code - 2])).toEqual(events.map(({ type }) => type));
      }),
      { numRuns: 30 },
    );
  });
});
