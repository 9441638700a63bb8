import { ENTITIES, type Entity } from '../../features/index.ts';

/** What a message says: an event of a member, its part given or taken, or an event of the container's own. */
export const SAYS = ['fold', 'give', 'take', 'add', 'word'] as const;
export type Says = (typeof SAYS)[number];

/** What a message says, and of whom, as one number: the place in `SAYS`, and by eights that of the member in `ENTITIES`. */
export const SAYING = Object.fromEntries(SAYS.map((says, i) => [says, Object.fromEntries(ENTITIES.map((entity, j) => [entity, i + 8 * j]))])) as Readonly<Record<Says, Readonly<Record<Entity, number>>>>;

/**
 * Messages to the rows that records are linked to, one record of doubles behind the other: they can be handed to another thread,
 * and no object is made for one. A record: when its event became known, ms; its offset; when it happened, ms; what is said, of
 * whom, and the code of the type (u32), 32 bits of tie (u32); to whom, into a list of names (u32), and how many more doubles there
 * are (u32); these: the message's columns, or its bytes behind their number.
 */
export interface Mail {
  readonly count: number;
  readonly records: Float64Array<ArrayBuffer>;
}

export const HEAD = 5;
const [KNOWN, OFFSET, TIME, SAID, KEY] = [0, 1, 2, 3, 4];
const CODE = 2 ** 8; // above what is said

/** What is said in a message, of events of a type by its code, as one number. */
export const saidOf = (saying: number, code: number): number => saying + CODE * code;
export const saysIn = (said: number): Says => SAYS[said & 7]!;
export const memberPlace = (said: number): number => (said & (CODE - 1)) >>> 3;
export const memberIn = (said: number): Entity => ENTITIES[memberPlace(said)]!;
export const codeIn = (said: number): number => Math.floor(said / CODE);

/** When the event became known of which messages tell. */
export interface Moment {
  known: number;
  offset: number;
}

/** A growing pile of messages. */
export interface Pile {
  /** A message to `key` as of `saidOf`, of an event: ms, 32 bits of tie, and these of its columns. */
  put(key: number, said: number, time: number, tie: number, fields: Float64Array, columns: readonly number[]): void;
  /** A message with bytes, or none. */
  putBytes(key: number, said: number, time: number, tie: number, bytes: Uint8Array | undefined): void;
  /** Good until the next message. Then it is empty. */
  finish(): Mail;
}

/** Messages tell of what became known at `now`, which changes. */
export function createPile(now: Moment): Pile {
  let count = 0;
  let filled = 0;
  let records = new Float64Array(1_024);
  let words = new Uint32Array(records.buffer);

  const write = (key: number, said: number, time: number, tie: number, size: number): void => {
    if (filled + HEAD + size > records.length) {
      let room = records.length;
      while (filled + HEAD + size > room) room *= 2;
      records = enlarged(records, new Float64Array(room));
      words = new Uint32Array(records.buffer);
    }
    records[filled + KNOWN] = now.known;
    records[filled + OFFSET] = now.offset;
    records[filled + TIME] = time;
    words[2 * (filled + SAID)] = said;
    words[2 * (filled + SAID) + 1] = tie;
    words[2 * (filled + KEY)] = key;
    words[2 * (filled + KEY) + 1] = size;
    filled += HEAD;
    count += 1;
  };

  return {
    put(key, said, time, tie, fields, columns) {
      write(key, said, time, tie, columns.length);
      for (let i = 0; i < columns.length; i++) records[filled++] = fields[columns[i]!]!;
    },
    putBytes(key, said, time, tie, bytes) {
      const size = bytes === undefined ? 0 : Math.ceil(bytes.length / 8);
      write(key, said, time, tie, size + 1);
      records[filled++] = bytes?.length ?? 0;
      if (bytes !== undefined) new Uint8Array(records.buffer, filled * 8, bytes.length).set(bytes);
      filled += size;
    },
    finish() {
      const mail = { count, records: records.subarray(0, filled) };
      count = 0;
      filled = 0;
      return mail;
    },
  };
}

/** The records of messages as they are read: by where one begins. */
export interface ReadMail {
  readonly records: Float64Array;
  /** The same bytes, by halves. */
  readonly words: Uint32Array;
}

export const readMail = ({ records }: Mail): ReadMail => ({ records, words: new Uint32Array(records.buffer, records.byteOffset, records.length * 2) });

export const knownIn = ({ records }: ReadMail, at: number): number => records[at + KNOWN]!;
export const offsetIn = ({ records }: ReadMail, at: number): number => records[at + OFFSET]!;
export const timeIn = ({ records }: ReadMail, at: number): number => records[at + TIME]!;
export const saidIn = ({ words }: ReadMail, at: number): number => words[2 * (at + SAID)]!;
export const tieIn = ({ words }: ReadMail, at: number): number => words[2 * (at + SAID) + 1]!;
export const keyIn = ({ words }: ReadMail, at: number): number => words[2 * (at + KEY)]!;
/** Where the next one begins. */
export const after = ({ words }: ReadMail, at: number): number => at + HEAD + words[2 * (at + KEY) + 1]!;
/** The bytes of a message that has some; empty where it has none. */
export const bytesIn = ({ records }: ReadMail, at: number): Uint8Array => new Uint8Array(records.buffer, records.byteOffset + (at + HEAD + 1) * 8, records[at + HEAD]!);

type Numbers = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** Copies numbers into a longer array. */
export function enlarged<T extends Numbers>(from: T, to: T): T {
  to.set(from);
  return to;
}
