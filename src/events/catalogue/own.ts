import type { Fields } from '../schema.ts';
import { boolean, category, date, number } from './fields.ts';

/** Tags from here on are of the client's own fields. */
const FIRST_TAG = 200;
const CATEGORIES = 12;
const NUMBERS = 12;
const DATES = 4;
const FLAGS = 4;
const LARGEST = 1e15;

const places = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/**
 * Places for fields that only this client has: a mapping says which of them holds what. They are the same in every type
 * that has them, so what is declared once can be read wherever it is sent.
 */
export const OWN: Fields = Object.fromEntries([
  ...places(CATEGORIES).map((i) => [`own_category_${i + 1}`, category(FIRST_TAG + i)] as const),
  ...places(NUMBERS).map((i) => [`own_number_${i + 1}`, number(FIRST_TAG + 100 + i, -LARGEST, LARGEST)] as const),
  ...places(DATES).map((i) => [`own_date_${i + 1}`, date(FIRST_TAG + 200 + i)] as const),
  ...places(FLAGS).map((i) => [`own_flag_${i + 1}`, boolean(FIRST_TAG + 250 + i)] as const),
]);

export const isOwn = (name: string): boolean => Object.hasOwn(OWN, name);
