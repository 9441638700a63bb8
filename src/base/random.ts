import { log } from './maths.ts';

/**
 * Seeded random numbers: the same seed gives the same sequence on every machine.
 * The generator is SplitMix32 over a 32-bit counter: no state but the counter, so a stream can be forked by key.
 */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform integer in [0, n). */
  below(n: number): number;
  /** Standard normal, by the sum of twelve uniforms (Irwin–Hall); within ±6. */
  normal(): number;
  /** Exponential with the given mean. */
  exponential(mean: number): number;
  /** One of `items`, each equally likely. */
  pick<T>(items: readonly T[]): T;
  /** An independent stream for `key`, the same whatever was drawn before. */
  fork(key: string | number): Random;
}

/** A well-mixed 32-bit hash of a 32-bit integer (murmur3's finaliser). */
export function mix32(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A 32-bit hash of a string (FNV-1a over UTF-16 units, then mixed). */
export function hash32(text: string, seed = 0): number {
  let h = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix32(h);
}

export function random(seed: number | string): Random {
  const root = typeof seed === 'string' ? hash32(seed) : mix32(seed ^ 0x9e3779b9);
  let counter = root;
  const next = (): number => {
    counter = (counter + 0x9e3779b9) | 0;
    return mix32(counter ^ root);
  };
  const uniform = (): number => (next() * 0x200000 + (next() >>> 11)) / 0x20000000000000;
  const self: Random = {
    uniform,
    below: (n) => Math.floor(uniform() * n),
    normal: () => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += uniform();
      return sum;
    },
    exponential: (mean) => -mean * log(1 - uniform()),
    pick: (items) => items[self.below(items.length)]!,
    fork: (key) => random(mix32(root ^ hash32(String(key), root))),
  };
  return self;
}
