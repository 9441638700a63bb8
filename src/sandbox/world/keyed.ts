import { mix32, random, type Random } from '../../base/index.ts';

function mixed(seed: number, keys: readonly number[]): number {
  let h = mix32(seed ^ 0x2545f491);
  for (const key of keys) h = mix32((Math.imul(h ^ key, 0x01000193) + 0x9e3779b9) | 0);
  return h;
}

/** What a stream is for: the first of its keys, so that no two of them draw the same. */
export const FOR = {
  arrivals: 1,
  person: 2,
  company: 3,
  life: 4,
  rep: 5,
  window: 6,
  invoices: 7,
  row: 8,
  file: 9,
  accounts: 10,
  deal: 11,
  expansion: 12,
  event: 13,
  flight: 14,
  absence: 15,
  leaving: 16,
  consent: 17,
} as const;

/** A stream of random numbers, the same for the same keys, whatever else was drawn. */
export const keyed = (seed: number, ...keys: readonly number[]): Random => random(mixed(seed, keys));

/** One number in [0, 1), the same for the same keys. */
export const share = (seed: number, ...keys: readonly number[]): number => mixed(seed, keys) / 2 ** 32;
