import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from '../base/index.ts';
import { admit } from './admit.ts';
import { catalogue } from './catalogue/index.ts';
import { createCodec } from './codec.ts';
import type { FieldValue, LoggedEvent } from './event.ts';
import { newSubject } from './identities.ts';
import { defineCatalogue, type Catalogue, type EventSchema } from './schema.ts';

const codec = createCodec();
const ms = fc.integer({ min: 0, max: 4_102_444_800_000 });

function anEvent(types: Catalogue = catalogue): fc.Arbitrary<LoggedEvent> {
  return fc.constantFrom(...types.types).chain((schema) => {
    const value = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.double({ noNaN: true }),
      fc.maxSafeInteger(),
      fc.string({ unit: 'grapheme', maxLength: 100 }),
    );
    const fields = Object.keys(schema.versions.at(-1)!.fields);
    const data = fc
      .subarray(fields)
      .chain((names) =>
        fc
          .tuple(...names.map(() => value))
          .map((values): Record<string, FieldValue> => Object.fromEntries(names.map((name, i) => [name, values[i]!]))),
      );
    return fc
      .record({ data, id: fc.string(), source: fc.string(), time: ms, received: ms, knownAt: ms, offset: fc.nat() })
      .map(({ offset, received, knownAt, ...rest }) =>
        Object.assign(
          admit({ ...rest, type: schema.name, version: schema.versions.length, subject: newSubject(schema.kinds[0]) }),
          {
            offset,
            received,
            knownAt,
          },
        ),
      );
  });
}

/** As releases wrote it whose events had no checksum. */
function withoutChecksum(bytes: Buffer): Buffer {
  const before = Buffer.from(bytes.subarray(0, -4));
  before[0] = 1;
  return before;
}

const sample = (): LoggedEvent => fc.sample(anEvent(), { numRuns: 1, seed: 7 })[0]!;

describe('the codec', () => {
  it('gives back what it was given', () => {
    fc.assert(
      fc.property(anEvent(), (event) => {
        expect(codec.decode(codec.encode(event), event.offset)).toStrictEqual(event);
      }),
      { numRuns: 500 },
    );
  });

  it('answers any bytes with an event or a Fault', () => {
    const torn = fc.tuple(anEvent(), fc.boolean()).chain(([event, old]) => {
      const bytes = old ? withoutChecksum(codec.encode(event)) : codec.encode(event);
      return fc.tuple(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean()).map(([at, byte, cut]) => {
        if (cut) return bytes.subarray(0, at);
        bytes[at] = byte;
        return bytes;
      });
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), torn), (bytes) => {
        try {
          codec.decode(bytes, 0);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses an event of which any byte was altered or cut off, and names its place', () => {
    const altered = anEvent().chain((event) => {
      const bytes = codec.encode(event);
      return fc.tuple(fc.integer({ min: 1, max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), fc.boolean()).map(([at, mask, cut]) => {
        if (cut) return bytes.subarray(0, at);
        bytes[at]! ^= mask;
        return bytes;
      });
    });
    fc.assert(
      fc.property(altered, (bytes) => {
        expect(() => codec.decode(bytes, 41)).toThrow(expect.objectContaining({ kind: 'corrupt', value: 'event 41 of the log' }));
      }),
      { numRuns: 500 },
    );
  });

  it('refuses an event of which any one bit was altered, or its format to any other', () => {
    fc.assert(
      fc.property(anEvent(), (event) => {
        const bytes = codec.encode(event);
        const altered = (at: number, byte: number): Buffer => {
          const other = Buffer.from(bytes);
          other[at] = byte;
          return other;
        };
        for (let bit = 0; bit < bytes.length * 8; bit++) {
          const at = bit >> 3;
          expect(() => codec.decode(altered(at, bytes[at]! ^ (1 << (bit & 7))), 41)).toThrow(expect.objectContaining({ kind: at === 0 ? expect.stringMatching(/^(corrupt|newer)$/u) : 'corrupt', value: 'event 41 of the log' }));
        }
        for (let format = 0; format < 256; format++) {
          if (format !== bytes[0]) expect(() => codec.decode(altered(0, format), 41)).toThrow(expect.objectContaining({ kind: format < 2 ? 'corrupt' : 'newer', value: 'event 41 of the log' }));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('reads one of format 1 whose last bytes are a checksum by chance, where a field ends in them', () => {
    const event = { ...sample(), type: 'web.visited', version: 1, data: { page: 'p'.repeat(20) } };
    const bytes = withoutChecksum(codec.encode(event));
    const sealed = Buffer.from(bytes.subarray(0, -4));
    sealed[0] = 2;
    bytes.writeUInt32LE(crc32(sealed), bytes.length - 4);
    expect(codec.decode(bytes, 41)).toMatchObject({ type: 'web.visited', data: { page: expect.stringMatching(/^p{16}/u) } });
  });

  it.each([[0, 'corrupt', 'has no format'], [66, 'newer', 'was logged by a later release: format 66']])('names the place of an event whose format was altered to %i', (format, kind, rule) => {
    const bytes = codec.encode(sample());
    bytes[0] = format;
    expect(() => codec.decode(bytes, 41)).toThrow(expect.objectContaining({ kind, value: 'event 41 of the log', rule }));
  });

  it('names the place of an event without a checksum that was cut off', () => {
    const bytes = withoutChecksum(codec.encode({ ...sample(), type: 'web.visited', version: 1, data: { page: 'pricing' } }));
    for (let length = 1; length < bytes.length - 9; length++) {
      expect(() => codec.decode(bytes.subarray(0, length), 41)).toThrow(expect.objectContaining({ kind: 'corrupt', value: 'event 41 of the log' }));
    }
  });

  it('reads what was logged before events had a checksum', () => {
    fc.assert(
      fc.property(anEvent(), (event) => {
        expect(codec.decode(withoutChecksum(codec.encode(event)), event.offset)).toStrictEqual(event);
      }),
    );
  });

  it('is compact: a visit takes less than 90 bytes', () => {
    const event = {
      ...sample(),
      type: 'web.visited',
      version: 1,
      id: 'x'.repeat(22),
      source: 'web',
      received: Date.UTC(2026, 1),
      knownAt: Date.UTC(2026, 1),
    };
    expect(
      codec.encode({ ...event, time: event.received - 900, data: { page: 'pricing', seconds: 40 } }).length,
    ).toBeLessThan(90);
  });

  it('skips a field that it does not know, and lifts an old version', () => {
    const v1: EventSchema = {
      name: 'a.b',
      code: 1,
      kinds: ['lead'],
      scopes: ['crm'],
      versions: [
        {
          fields: {
            size: { tag: 1, type: 'number', privacy: 'plain' },
            more: { tag: 2, type: 'category', privacy: 'plain' },
          },
        },
      ],
    };
    const reader = createCodec(
      defineCatalogue([
        {
          ...v1,
          versions: [
            { fields: { size: v1.versions[0]!.fields['size']! }, upcast: (data) => ({ people: data['size'] ?? null }) },
            { fields: { people: { tag: 3, type: 'number', privacy: 'plain' } } },
          ],
        },
      ]),
    );
    const bytes = createCodec(defineCatalogue([v1])).encode({
      ...sample(),
      type: 'a.b',
      version: 1,
      data: { size: 3, more: 'x' },
    });
    expect(reader.decode(bytes, 4)).toMatchObject({ type: 'a.b', version: 2, offset: 4, data: { people: 3 } });
  });

  it('names a later release as the reason', () => {
    const bytes = codec.encode(sample());
    bytes[0] = 9;
    expect(() => codec.decode(bytes, 0)).toThrow(expect.objectContaining({ kind: 'newer' }));
  });
});
