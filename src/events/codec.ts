import { crc32 } from 'node:zlib';
import { Fault } from '../base/index.ts';
import { admit } from './admit.ts';
import { ByteReader, ByteWriter, corrupt, placeOf } from './bytes.ts';
import { catalogue as standard } from './catalogue/index.ts';
import type { FieldValue, LoggedEvent, SubjectId } from './event.ts';
import type { Catalogue, EventSchema } from './schema.ts';
import { upcast } from './upcast.ts';

/** Turns events into the bytes of the log and back. The layout is in docs/reference/formats.md. */
export interface EventCodec {
  /** The bytes; the offset is the key beside them. */
  encode(event: LoggedEvent): Buffer;
  /**
   * The event, upcast to the newest version. Throws a Fault: `corrupt` for torn or altered bytes, `newer` for a later release's.
   */
  decode(bytes: Uint8Array, offset: number): LoggedEvent;
}

/** Events of format 1 have no checksum. */
const FORMAT = 2;
const CHECKSUM_BYTES = 4;

/** How a value lies in the bytes: the low three bits of a field's key. A reader skips a tag that it does not know. */
const WIRE = { null: 0, false: 1, true: 2, uint: 3, negative: 4, float64: 5, text: 6 } as const;

export function createCodec(catalogue: Catalogue = standard): EventCodec {
  const names = new Map(catalogue.types.map((type) => [type, type.versions.map(tagNames)]));
  const tags = new Map(catalogue.types.map((type) => [type, type.versions.map(({ fields }) => Object.entries(fields))]));
  const writer = new ByteWriter();

  /** The event in the bytes of a format, without a checksum. */
  const read = (bytes: Uint8Array, offset: number): LoggedEvent => {
    const reader = new ByteReader(bytes, offset);
    reader.byte();
    const schema = catalogue.byCode.get(reader.uint());
    if (schema === undefined) throw newer(offset, 'its type');
    const version = reader.uint();
    if (version === 0) throw reader.corrupt('it has no version');
    if (version > schema.versions.length) throw newer(offset, `${schema.name}.v${version}`);
    const received = reader.uint();
    const knownAt = received - reader.int();
    const time = received - reader.int();
    const subject = reader.text() as SubjectId;
    const source = reader.text();
    const id = reader.text();
    const data = upcast(schema, version, readFields(reader, names.get(schema)![version - 1]!));
    const event = admit({ id, source, type: schema.name, version: schema.versions.length, subject, time, data });
    return Object.assign(event, { offset, received, knownAt });
  };

  return {
    encode(event) {
      const schema = catalogue.byName.get(event.type);
      const fields = schema && tags.get(schema)![event.version - 1];
      if (schema === undefined || fields === undefined) {
        throw new Fault({ kind: 'input', value: event.type, rule: 'is not in the catalogue', remedy: 'declare it' });
      }
      writer.byte(FORMAT);
      writer.uint(schema.code);
      writer.uint(event.version);
      writer.uint(event.received);
      writer.int(event.received - event.knownAt);
      writer.int(event.received - event.time);
      writer.text(event.subject);
      writer.text(event.source);
      writer.text(event.id);
      for (const [name, field] of fields) {
        const value = event.data[name];
        if (value !== undefined) writeField(writer, field.tag, value);
      }
      return sealed(writer.take());
    },

    decode(bytes, offset) {
      const format = bytes[0] ?? 0;
      if (format === 0) throw corrupt(offset, 'has no format');
      if (format > FORMAT) throw newer(offset, `format ${format}`);
      if (format === FORMAT) return read(unsealed(bytes, offset), offset);
      if (wasSealed(bytes) && isWhole(() => read(bytes.subarray(0, -CHECKSUM_BYTES), offset))) throw corrupt(offset, 'is not as it was written: its format was altered');
      return read(bytes, offset);
    },
  };
}

/** The bytes behind which their checksum stands: LMDB has none, and a byte that a disk altered would be another event. */
function sealed(bytes: Buffer): Buffer {
  const whole = Buffer.allocUnsafe(bytes.length + CHECKSUM_BYTES);
  bytes.copy(whole);
  whole.writeUInt32LE(crc32(bytes), bytes.length);
  return whole;
}

function unsealed(bytes: Uint8Array, offset: number): Uint8Array {
  const end = bytes.length - CHECKSUM_BYTES;
  const body = bytes.subarray(0, Math.max(0, end));
  const sum = end < 0 ? undefined : viewOf(bytes).getUint32(end, true);
  if (sum === crc32(body)) return body;
  throw corrupt(offset, 'is not as it was written: its checksum does not fit');
}

/**
 * Whether bytes of format 1, which has no checksum, end in the one that they would have in the present format, as where the byte of the
 * format was altered. Four bytes of format 1 are so by chance once in 2³² events; most of these are told apart, as it would cut a field in two.
 */
const wasSealed = (bytes: Uint8Array): boolean =>
  bytes.length > CHECKSUM_BYTES &&
  viewOf(bytes).getUint32(bytes.length - CHECKSUM_BYTES, true) === crc32(bytes.subarray(1, -CHECKSUM_BYTES), crc32(Uint8Array.of(FORMAT)));

function isWhole(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView => new DataView(buffer, byteOffset, byteLength);

function tagNames({ fields }: EventSchema['versions'][number]): ReadonlyMap<number, string> {
  return new Map(Object.entries(fields).map(([name, field]) => [field.tag, name]));
}

function writeField(writer: ByteWriter, tag: number, value: FieldValue): void {
  const key = (wire: number): void => writer.uint(tag * 8 + wire);
  if (value === null) key(WIRE.null);
  else if (typeof value === 'boolean') key(value ? WIRE.true : WIRE.false);
  else if (typeof value === 'string') {
    key(WIRE.text);
    writer.text(value);
  } else if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
    key(WIRE.float64);
    writer.float64(value);
  } else {
    key(value < 0 ? WIRE.negative : WIRE.uint);
    writer.uint(Math.abs(value));
  }
}

function readFields(reader: ByteReader, names: ReadonlyMap<number, string>): Record<string, FieldValue> {
  const data: Record<string, FieldValue> = {};
  while (!reader.done) {
    const key = reader.uint();
    const value = readValue(reader, key % 8);
    const name = names.get(Math.floor(key / 8));
    if (name !== undefined) data[name] = value;
  }
  return data;
}

function readValue(reader: ByteReader, wire: number): FieldValue {
  switch (wire) {
    case WIRE.null:
      return null;
    case WIRE.false:
      return false;
    case WIRE.true:
      return true;
    case WIRE.uint:
      return reader.uint();
    case WIRE.negative:
      return -reader.uint();
    case WIRE.float64:
      return reader.float64();
    case WIRE.text:
      return reader.text();
    default:
      throw reader.corrupt(`wire kind ${wire} does not exist`);
  }
}

/** The byte of the format may be an altered one as well. */
function newer(offset: number, what: string): Fault {
  return new Fault({ kind: 'newer', value: placeOf(offset), rule: `was logged by a later release: ${what}`, remedy: 'update leadrank, or restore the log from a backup where this is the newest' });
}
