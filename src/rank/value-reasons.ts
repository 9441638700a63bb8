import { log } from '../base/index.ts';
import type { Priority } from './arrange/entry.ts';
import type { Reason, Worth } from './assessment.ts';
import { amount } from './words.ts';

/** A value nearer to the usual one than this, as a logarithm, is no reason. */
const SMALLEST = 0.1;

/**
 * What a record is worth as a reason of its place: its value against what is usual on the list. The effect is the natural logarithm of the
 * ratio. None for a record whose value is not known, for it counts as a usual one, and for one that is about that.
 */
export function valueReasons({ value: counted, usual }: Priority, value: Worth | null): Reason[] {
  if (value === null || usual === undefined || value.amount !== counted) return [];
  const effect = log(counted / usual);
  if (!(Math.abs(effect) >= SMALLEST)) return [];
  const money = amount(value.amount, value.currency);
  const what = value.from === 'own' ? `its amount is ${money}` : `such a one is worth ${money}`;
  return [{ theme: 'value', direction: effect > 0 ? 'for' : 'against', sentence: `${what}, ${String(Number((counted / usual).toPrecision(2)))} times what is usual on the list`, effect }];
}
