import { getId } from './ids.ts';

const SLOTS = 1_024; // a power of two
const WORDS = 4;

/** Subjects that were read last: the bytes of each, its prefix and its text. */
const bytes = new Uint32Array(SLOTS * WORDS);
const prefixes: string[] = Array.from({ length: SLOTS }, () => '');
const texts: (string | null)[] = Array.from({ length: SLOTS }, () => null);

/** The subject that `setId` wrote without its prefix; null where there is none. Rows are read for the same few again and again: their text is made once. */
export function getSubject(view: DataView, at: number, prefix: string): string | null {
  const first = view.getUint32(at, true);
  if ((first & 0xff) === 0) return null; // no length
  const second = view.getUint32(at + 4, true);
  const third = view.getUint32(at + 8, true);
  const fourth = view.getUint16(at + 12, true);
  const slot = Math.imul(first ^ Math.imul(second, 0x85ebca6b) ^ Math.imul(third, 0xc2b2ae35), 0x9e3779b1) >>> 22;
  const held = slot * WORDS;
  if (bytes[held] === first && bytes[held + 1] === second && bytes[held + 2] === third && bytes[held + 3] === fourth && prefixes[slot] === prefix) return texts[slot]!;
  bytes[held] = first;
  bytes[held + 1] = second;
  bytes[held + 2] = third;
  bytes[held + 3] = fourth;
  prefixes[slot] = prefix;
  return (texts[slot] = prefix + getId(view, at)!);
}
