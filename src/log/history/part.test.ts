import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import type { Encoding } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../events/index.ts';
import { fieldOf, FIRST_WORD } from './columns.ts';
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

  it('reads as many ids as it has', () => {
    const count = 150_000; // more than a function takes arguments
    const zeros = new Float64Array(count);
    const one = (word: string) => ({ kind: 'text', codes: new Uint32Array(count).fill(FIRST_WORD), words: [word] }) as const;
    const bytes = new Uint8Array(count);
    const ids = Array.from({ length: count }, (_, row) => `e${row}`);
    const file = writePart({
      count, offsets: zeros, times: zeros, received: zeros, knownAt: zeros, versions: bytes, ties: new Uint32Array(count), repeats: bytes,
      subjects: one('ld_a'), types: one('web.visited'), fields: new Map(), origin: { sources: one('web'), ids },
    });
    expect(readPart(file).origin!.ids).toEqual(ids);
  });

  it('that is laid out as this release lays out none is refused', () => {
    const kvMetadata = [{ key: 'leadrank.format', value: '1' }];
    const written = (encoding: Encoding, rowGroupSize: number): Uint8Array =>
      new Uint8Array(parquetWriteBuffer({
        columnData: [{ name: 'offset', data: BigInt64Array.of(1n, 2n, 3n), encoding }],
        schema: [{ name: 'event', num_children: 1 }, { name: 'offset', type: 'INT64', repetition_type: 'REQUIRED' }],
        codec: 'ZSTD', compressors: { ZSTD: (page) => zstdCompressSync(page) }, rowGroupSize, kvMetadata,
      }));
    expect([...readPart(written('PLAIN', 3)).offsets]).toEqual([1, 2, 3]);
    expect(() => readPart(written('PLAIN', 2))).toThrow(expect.objectContaining({ kind: 'corrupt', rule: 'has 2 row groups instead of one' }));
    expect(() => readPart(written('DELTA_BINARY_PACKED', 3)).offsets).toThrow(expect.objectContaining({ kind: 'newer', value: 'DATA_PAGE_V2 of DELTA_BINARY_PACKED' }));
  });
});
