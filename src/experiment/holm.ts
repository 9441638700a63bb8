import { exp } from '../base/index.ts';

/**
 * Which of several one-sided null hypotheses fall (Holm 1979), by their z: taken from the clearest on, each against its share of the
 * level among those that are left. However many are true, the chance that any of those falls is at most `level`.
 */
export function holm(z: readonly number[], level: number): boolean[] {
  const chances = z.map(upperTail);
  const order = Array.from(z.keys()).toSorted((a, b) => chances[a]! - chances[b]!);
  const standing = order.findIndex((at, rank) => chances[at]! > level / (z.length - rank));
  const fallen = new Set(standing < 0 ? order : order.slice(0, standing));
  return Array.from(z.keys(), (at) => fallen.has(at));
}

/** The chance that a standard normal number exceeds z, to 7 decimals (Zelen & Severo 1964, 26.2.17). */
export function upperTail(z: number): number {
  if (!(z >= 0)) return z < 0 ? 1 - upperTail(-z) : 1;
  const t = 1 / (1 + 0.2316419 * z);
  const sum = ((((1.330274429 * t - 1.821255978) * t + 1.781477937) * t - 0.356563782) * t + 0.31938153) * t;
  return (exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}
