import { quote } from '../base/index.ts';
import type { PrivacyClass } from './schema.ts';

/** Of a longer text only its length is told, characters. */
const LONGEST = 40;
const MOST_DIGITS = 8;
/** A day, with or without a time: so many digits are no telephone number. */
const DATED = /^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)?(?: ?(?:Z|[+-]\d\d:?\d\d))?$/u;

/**
 * What a refusal shows of a value. Of a plain field: itself where it can be no one's name, address or telephone number, else its form, as
 * any column may be shifted; of another one, and of what the catalogue does not know, its type and length.
 */
export function shown(raw: unknown, privacy: PrivacyClass | 'unknown'): string {
  const text = typeof raw === 'object' || raw === undefined ? '' : String(raw);
  if (privacy !== 'plain' || text === '' || text.length > LONGEST) return `(${described(raw)})`;
  return isNobody(text) ? quote(text) : `(of the form ${quote(formOf(text))})`;
}

/** A word in lower case, or what has no letter and few digits or those of a day. */
const isNobody = (text: string): boolean =>
  /^[a-z_]{1,30}$/u.test(text) || DATED.test(text) || (!LETTER.test(text) && digitsOf(text) <= MOST_DIGITS);

/** Letters as x, and many digits as 9. */
function formOf(text: string): string {
  const form = text.replaceAll(LETTERS, 'x');
  return digitsOf(text) > MOST_DIGITS ? form.replaceAll(/\p{N}/gu, '9') : form;
}

const LETTER = /[\p{L}\p{M}]/u;
const LETTERS = /[\p{L}\p{M}]/gu;
const digitsOf = (text: string): number => text.match(/\p{N}/gu)?.length ?? 0;

function described(raw: unknown): string {
  if (raw === null || raw === undefined) return 'nothing';
  if (typeof raw === 'string') return raw.length === 1 ? 'a text of 1 character' : `a text of ${raw.length} characters`;
  if (Array.isArray(raw)) return `a list of ${raw.length}`;
  return typeof raw === 'object' ? 'an object' : `a ${typeof raw}`;
}
