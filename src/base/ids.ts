import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's base 32, lower case

/** 20 characters of Crockford base 32: 100 random bits. Carries no time and no meaning. */
export function randomId(prefix: string): string {
  const bytes = randomBytes(20);
  let text = prefix;
  for (const byte of bytes) text += ALPHABET[byte & 31];
  return text;
}
