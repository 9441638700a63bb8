import { randomBytes } from 'node:crypto';
import type { Random } from './random.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's base 32, lower case

const LENGTH = 20;
const POOLED = 200 * LENGTH; // a call for twenty bytes costs as much as one for thousands

let pool = Buffer.alloc(0);
let used = 0;

/** 20 characters of Crockford base 32: 100 random bits, or as many of a seeded draw. Carries no time and no meaning. */
export function randomId(prefix: string, draw?: Random): string {
  if (draw !== undefined) return prefix + Array.from({ length: LENGTH }, () => ALPHABET[draw.below(ALPHABET.length)]).join('');
  if (used >= pool.length) [pool, used] = [randomBytes(POOLED), 0];
  let text = prefix;
  for (const end = used + LENGTH; used < end; used++) text += ALPHABET[pool[used]! & 31];
  return text;
}
