import type { Value } from '../trees/index.ts';

/**
 * The vector as JSON can carry it, so that a journalled one is scored again to the same bits: NaN is missing, -0 is 0,
 * and an infinity is the largest double, which a model's float32 compare sees as that same infinity.
 */
export function portable(vector: readonly Value[]): Value[] {
  return vector.map((value) => {
    if (typeof value !== 'number') return value;
    if (value !== value) return null;
    if (value === Infinity || value === -Infinity) return value > 0 ? Number.MAX_VALUE : -Number.MAX_VALUE;
    return value + 0;
  });
}
