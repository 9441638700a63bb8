import { Fault } from '../base/index.ts';

/** Appends to a growing buffer. Integers are LEB128 varints, low group first. */
export class ByteWriter {
  #buffer = Buffer.allocUnsafe(256);
  #length = 0;

  #reserve(count: number): void {
    if (this.#length + count <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + count));
    this.#buffer.copy(grown, 0, 0, this.#length);
    this.#buffer = grown;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#length++] = value;
  }

  /** A safe integer ≥ 0. Throws a RangeError for what is none. */
  uint(value: number): void {
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) throw new RangeError(`${value} is no safe integer from 0 on`);
    this.#reserve(8);
    while (value >= 0x80) {
      this.#buffer[this.#length++] = (value % 0x80) | 0x80;
      value = Math.floor(value / 0x80);
    }
    this.#buffer[this.#length++] = value;
  }

  /**
   * A safe integer of either sign: its magnitude behind a sign byte's lowest bit would lose range, so sign goes
   * first.
   */
  int(value: number): void {
    this.byte(value < 0 ? 1 : 0);
    this.uint(Math.abs(value));
  }

  float64(value: number): void {
    this.#reserve(8);
    this.#length = this.#buffer.writeDoubleLE(value, this.#length);
  }

  /** UTF-8 behind its length in bytes. */
  text(value: string): void {
    const size = Buffer.byteLength(value);
    this.uint(size);
    this.#reserve(size);
    this.#length += this.#buffer.write(value, this.#length);
  }

  /** A copy of what was written; the writer starts anew. */
  take(): Buffer {
    const bytes = Buffer.from(this.#buffer.subarray(0, this.#length));
    this.#length = 0;
    return bytes;
  }
}

/** Reads what ByteWriter wrote. Throws a Fault of kind `corrupt` instead of reading past the end. */
export class ByteReader {
  readonly #bytes: Buffer;
  readonly #offset: number;
  #at = 0;

  /** `offset`: of the event, for the message of a Fault. */
  constructor(bytes: Uint8Array, offset: number) {
    this.#offset = offset;
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    return this.#bytes[this.#advance(1)]!;
  }

  uint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (value > Number.MAX_SAFE_INTEGER || scale > 2 ** 56) throw this.corrupt('an integer is out of range');
      if (byte < 0x80) return value;
    }
  }

  int(): number {
    const sign = this.byte();
    const magnitude = this.uint();
    return sign === 0 ? magnitude : -magnitude;
  }

  float64(): number {
    return this.#bytes.readDoubleLE(this.#advance(8));
  }

  text(): string {
    const size = this.uint();
    const start = this.#advance(size);
    return this.#bytes.toString('utf8', start, start + size);
  }

  #advance(count: number): number {
    const start = this.#at;
    if (start + count > this.#bytes.length) throw this.corrupt('it ends too soon');
    this.#at = start + count;
    return start;
  }

  /** That the bytes are none that were written. */
  corrupt(rule: string): Fault {
    return corrupt(this.#offset, rule);
  }
}

export const placeOf = (offset: number): string => `event ${offset} of the log`;
export const corrupt = (offset: number, rule: string): Fault => new Fault({ kind: 'corrupt', value: placeOf(offset), rule, remedy: 'restore the log from a backup' });
