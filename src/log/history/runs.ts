import { damagedPart } from './part.ts';

/** Parquet's hybrid of runs: numbers of a few bits, equal ones told once, others packed side by side, the lowest bit first. */
interface Runs {
  readonly bytes: Uint8Array;
  /** Where they begin. */
  readonly from: number;
}

const WIDEST = 24; // bits: with those left of a byte before, they fit into 32

/** Fills `into` with numbers of `width` bits, 24 at most. Throws a Fault: `corrupt`. */
export function unpackRuns({ bytes, from }: Runs, width: number, into: Uint32Array): void {
  if (width > WIDEST) throw damagedPart(`it has codes of ${width} bits`);
  const many = into.length;
  let at = from;
  let done = 0;
  while (done < many) {
    const head = varint(bytes, at);
    at = head.next;
    const end = Math.min(many, done + head.count);
    if (head.kind === 'equal') {
      let value = 0;
      for (let shift = 0; shift < width; shift += 8) value |= bytes[at++]! << shift;
      into.fill(value, done, end);
      done = end;
      continue;
    }
    unpackBits(bytes, at, width, into.subarray(done, end));
    done = end;
    at += (head.count / 8) * width;
  }
}

function unpackBits(bytes: Uint8Array, from: number, width: number, into: Uint32Array): void {
  const mask = 2 ** width - 1;
  let next = from;
  let held = 0;
  let bits = 0;
  for (let i = 0; i < into.length; i++) {
    for (; bits < width; bits += 8) held |= bytes[next++]! << bits;
    into[i] = held & mask;
    held >>>= width;
    bits -= width;
  }
}

/** The places of the ones among so many numbers of one bit, ascending; there are `ones` of them. Throws a Fault: `corrupt`. */
export function placesOfOnes({ bytes, from }: Runs, many: number, ones: number): Int32Array {
  const places = new Int32Array(ones);
  let found = 0;
  let at = from;
  for (let done = 0; done < many; ) {
    const { kind, count, next } = varint(bytes, at);
    at = next;
    const end = Math.min(many, done + count);
    if (kind === 'equal') {
      if (bytes[at++] === 1) for (; done < end; done++) places[found++] = done;
      done = end;
      continue;
    }
    for (; done < end; done += 8) {
      for (let byte = bytes[at++] ?? 0; byte !== 0; byte &= byte - 1) places[found++] = done + 31 - Math.clz32(byte & -byte);
    }
    done = end;
  }
  if (found < ones) throw damagedPart(`it tells of ${ones} values and has ${found}`);
  return places;
}

interface Head {
  readonly kind: 'equal' | 'packed';
  readonly count: number;
  /** Where what it heads begins. */
  readonly next: number;
}

function varint(bytes: Uint8Array, from: number): Head {
  let value = 0;
  let at = from;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    if (byte === undefined) throw damagedPart('its runs end early');
    value |= (byte & 127) << shift;
    if (byte < 128) break;
  }
  const count = value >>> 1;
  return (value & 1) === 1 ? { kind: 'packed', count: count * 8, next: at } : { kind: 'equal', count, next: at };
}
