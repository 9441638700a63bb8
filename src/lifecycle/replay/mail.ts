import { ENTITIES, type Entity } from '../../features/index.ts';

/** What a message says: an event of a member, its part given or taken, or an event of the container's own. */
export const SAYS = ['fold', 'give', 'take', 'add', 'word'] as const;
export type Says = (typeof SAYS)[number];

/**
 * Messages to the rows that records are linked to, as flat columns: they can be handed to another thread, and no object is made
 * for one. Times in ms.
 */
export interface Mail {
  readonly count: number;
  /** To whom: into a list of names. */
  readonly keys: Int32Array<ArrayBuffer>;
  /** The place in `SAYS`, and by eights that of the member in `ENTITIES`. */
  readonly says: Uint8Array<ArrayBuffer>;
  readonly codes: Uint16Array<ArrayBuffer>;
  readonly known: Float64Array<ArrayBuffer>;
  readonly offsets: Float64Array<ArrayBuffer>;
  readonly times: Float64Array<ArrayBuffer>;
  readonly ties: Uint32Array<ArrayBuffer>;
  /** Where in `loads` the message's columns, or bytes, begin; NO_LOAD for none. */
  readonly loads: Uint32Array<ArrayBuffer>;
  readonly load: Float64Array<ArrayBuffer>;
}

export const NO_LOAD = 0xffffffff;

/** What a message says, and of whom, as it stands in `says`. */
export const saying = (says: Says, member: Entity): number => SAYS.indexOf(says) + 8 * ENTITIES.indexOf(member);

/** An event, but for its columns: its place in `says`, the code of its type, ms, 32 bits of tie. */
export interface Told {
  says: number;
  code: number;
  time: number;
  tie: number;
}

/** When the event became known of which messages tell. */
export interface Moment {
  known: number;
  offset: number;
}

/** A growing pile of messages. */
export interface Pile {
  /** A message with these of its columns. */
  put(key: number, told: Told, fields: Float64Array, columns: readonly number[]): void;
  /** A message with bytes, or none. */
  putBytes(key: number, told: Told, bytes: Uint8Array | undefined): void;
  finish(): Mail;
}

/** Messages tell of what became known at `now`, which changes. */
export function createPile(now: Moment): Pile {
  let room = 256;
  let count = 0;
  let filled = 0;
  let keys = new Int32Array(room);
  let says = new Uint8Array(room);
  let codes = new Uint16Array(room);
  let known = new Float64Array(room);
  let offsets = new Float64Array(room);
  let times = new Float64Array(room);
  let ties = new Uint32Array(room);
  let loads = new Uint32Array(room);
  let load = new Float64Array(room);

  const grow = (): void => {
    room *= 2;
    keys = enlarged(keys, new Int32Array(room));
    says = enlarged(says, new Uint8Array(room));
    codes = enlarged(codes, new Uint16Array(room));
    known = enlarged(known, new Float64Array(room));
    offsets = enlarged(offsets, new Float64Array(room));
    times = enlarged(times, new Float64Array(room));
    ties = enlarged(ties, new Uint32Array(room));
    loads = enlarged(loads, new Uint32Array(room));
  };
  /** Room for so many more numbers. */
  const reserve = (size: number): void => {
    let wanted = load.length;
    while (filled + size > wanted) wanted *= 2;
    if (wanted > load.length) load = enlarged(load, new Float64Array(wanted));
  };
  const write = (key: number, told: Told): void => {
    if (count === room) grow();
    keys[count] = key;
    says[count] = told.says;
    codes[count] = told.code;
    known[count] = now.known;
    offsets[count] = now.offset;
    times[count] = told.time;
    ties[count] = told.tie;
    count += 1;
  };

  return {
    put(key, told, fields, columns) {
      write(key, told);
      loads[count - 1] = columns.length === 0 ? NO_LOAD : filled;
      reserve(columns.length);
      for (let i = 0; i < columns.length; i++) load[filled++] = fields[columns[i]!]!;
    },
    putBytes(key, told, bytes) {
      write(key, told);
      loads[count - 1] = bytes === undefined ? NO_LOAD : filled;
      if (bytes === undefined) return;
      const size = Math.ceil(bytes.length / 8);
      reserve(size + 1);
      load[filled++] = bytes.length;
      new Uint8Array(load.buffer, filled * 8, bytes.length).set(bytes);
      filled += size;
    },
    finish: () => ({
      count,
      keys: keys.subarray(0, count),
      says: says.subarray(0, count),
      codes: codes.subarray(0, count),
      known: known.subarray(0, count),
      offsets: offsets.subarray(0, count),
      times: times.subarray(0, count),
      ties: ties.subarray(0, count),
      loads: loads.subarray(0, count),
      load: load.subarray(0, filled),
    }),
  };
}

/** The bytes of a message; empty where it has none. */
export function bytesOf({ loads, load }: Mail, message: number): Uint8Array {
  const at = loads[message]!;
  return at === NO_LOAD ? new Uint8Array() : new Uint8Array(load.buffer, load.byteOffset + (at + 1) * 8, load[at]!);
}

type Numbers = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** Copies numbers into a longer array. */
export function enlarged<T extends Numbers>(from: T, to: T): T {
  to.set(from);
  return to;
}
