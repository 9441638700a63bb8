/**
 * An id of Salesforce is written with 15 characters, or with 18: the last three say which of the others are capitals, five to a digit
 * (Salesforce, "What are Salesforce ID's composed of?").
 */
const [SHORT, LONG] = [15, 18];
const PLAIN = /^[0-9A-Za-z]+$/u;
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The 15 characters of an id of Salesforce that is written with 18; any other id as it is. */
export function shortId(id: string): string {
  const short = id.slice(0, SHORT);
  return id.length === LONG && PLAIN.test(id) && id === longId(short) ? short : id;
}

/** An id as it is given, and in the other length where it may be one of Salesforce. */
export function lengthsOf(id: string): string[] {
  const short = shortId(id);
  if (short !== id) return [id, short];
  return id.length === SHORT && PLAIN.test(id) ? [id, longId(id)] : [id];
}

/** An id of 15 characters with the three that say which are capitals. */
export const longId = (short: string): string => `${short}${digitOf(short, 0)}${digitOf(short, 5)}${digitOf(short, 10)}`;

function digitOf(id: string, from: number): string {
  let bits = 0;
  for (let at = 0; at < 5; at++) {
    const code = id.charCodeAt(from + at);
    if (code >= A && code <= Z) bits |= 1 << at;
  }
  return DIGITS[bits]!;
}
const [A, Z] = [65, 90];
