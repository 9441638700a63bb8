import type { Fields } from '../schema.ts';
import { amount, category, oneOf } from './fields.ts';

/** What the mapping made of an amount: it was in the home currency, was converted, or there was no rate for the day. */
const CONVERSIONS = ['home', 'converted', 'missing'];

/** Three letters of ISO 4217. */
export const currency = (tag: number): Fields[string] => ({ ...category(tag), maxLength: 3 });

/** An amount as the source has it, and in the home currency of the cell at the rate of the event's time. */
export const money = (tags: { amount: number; currency: number; home: number; conversion: number }): Fields => ({
  amount: amount(tags.amount),
  currency: currency(tags.currency),
  amount_home: amount(tags.home),
  conversion: oneOf(tags.conversion, CONVERSIONS),
});
