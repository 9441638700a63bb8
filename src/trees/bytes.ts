import { Fault } from '../base/portable.ts';

/** Appends numbers and texts to a growing buffer, little-endian. */
export class ByteWriter {
  private buffer = new Uint8Array(1024);
  private view = new DataView(this.buffer.buffer);
  private length = 0;

  u8(value: number): void {
    const at = this.reserve(1);
    this.view.setUint8(at, value);
  }

  u32(value: number): void {
    const at = this.reserve(4);
    this.view.setUint32(at, value, true);
  }

  f32(value: number): void {
    const at = this.reserve(4);
    this.view.setFloat32(at, value, true);
  }

  f64(value: number): void {
    const at = this.reserve(8);
    this.view.setFloat64(at, value, true);
  }

  /** A lone surrogate has no UTF-8 form and would come back as another text, so texts are kept as UTF-16 units. */
  text(value: string): void {
    this.u32(value.length);
    const at = this.reserve(2 * value.length);
    for (let i = 0; i < value.length; i++) this.view.setUint16(at + 2 * i, value.charCodeAt(i), true);
  }

  /** A copy of what was written. */
  bytes(): Uint8Array {
    return this.buffer.slice(0, this.length);
  }

  /** Where the next `size` bytes go. Call it before touching `view`, which it may replace. */
  private reserve(size: number): number {
    const at = this.length;
    this.length += size;
    if (this.length > this.buffer.length) {
      const larger = new Uint8Array(Math.max(this.length, 2 * this.buffer.length));
      larger.set(this.buffer);
      this.buffer = larger;
      this.view = new DataView(larger.buffer);
    }
    return at;
  }
}

/** Reads what a ByteWriter wrote. Throws `corrupt` instead of reading past the end or believing an impossible count. */
export class ByteReader {
  private readonly view: DataView;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u8(): number {
    return this.view.getUint8(this.take(1));
  }

  u32(): number {
    return this.view.getUint32(this.take(4), true);
  }

  f32(): number {
    return this.view.getFloat32(this.take(4), true);
  }

  f64(): number {
    return this.view.getFloat64(this.take(8), true);
  }

  text(): string {
    const length = this.count(2);
    const start = this.take(2 * length);
    let text = '';
    for (let i = 0; i < length; i++) text += String.fromCharCode(this.view.getUint16(start + 2 * i, true));
    return text;
  }

  /** A number of items that follow, each of at least `itemSize` bytes: never more than the rest can hold. */
  count(itemSize: number): number {
    const count = this.u32();
    if (count * itemSize > this.remaining()) throw corruptModel('a count exceeds the bytes that follow');
    return count;
  }

  /** `count` items read one after another. */
  list<T>(count: number, item: () => T): T[] {
    const items: T[] = [];
    for (let i = 0; i < count; i++) items.push(item());
    return items;
  }

  remaining(): number {
    return this.view.byteLength - this.at;
  }

  private take(size: number): number {
    if (size > this.remaining()) throw corruptModel('it ends too early');
    const at = this.at;
    this.at += size;
    return at;
  }
}

export function corruptModel(rule: string): Fault {
  return new Fault({ kind: 'corrupt', value: 'model bytes', rule, remedy: 'restore the file or train again' });
}
