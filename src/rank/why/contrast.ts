import type { Effect } from '../reasons.ts';

/** The theme in which two explanations differ most in favour of the first, and how each of the two says it. */
export interface Contrast {
  readonly theme: string;
  /** By how much the theme's effects differ. */
  readonly size: number;
  /** Of the feature or rule of the theme that differs most; null for a side that has nothing to say. */
  readonly sentences: readonly [upper: string | null, lower: string | null];
}

/** Null where no theme speaks for the first. */
export function contrastOf(upper: readonly Effect[], lower: readonly Effect[]): Contrast | null {
  const byTheme = gaps(upper, lower, ({ theme }) => theme);
  const [theme, size] = greatest(byTheme) ?? [null, 0];
  if (theme === null) return null;
  const ofTheme = (effects: readonly Effect[]): Effect[] => effects.filter((effect) => effect.theme === theme);
  const [mine, other] = [ofTheme(upper), ofTheme(lower)];
  for (const [feature] of ordered(gaps(mine, other, (effect) => effect.feature))) {
    const sentences = [sentenceOf(mine, feature), sentenceOf(other, feature)] as const;
    if (sentences[0] !== sentences[1]) return { theme, size, sentences };
  }
  return { theme, size, sentences: [null, null] };
}

/** The sum of the first's effects less that of the second's, by key. */
function gaps(upper: readonly Effect[], lower: readonly Effect[], keyOf: (effect: Effect) => string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const effect of upper) sums.set(keyOf(effect), (sums.get(keyOf(effect)) ?? 0) + effect.effect);
  for (const effect of lower) sums.set(keyOf(effect), (sums.get(keyOf(effect)) ?? 0) - effect.effect);
  return sums;
}

/** Those that speak for the first, the greatest foremost; equal ones by name. */
const ordered = (sums: ReadonlyMap<string, number>): [string, number][] =>
  [...sums].filter(([, size]) => size > 0).toSorted(([a, sizeA], [b, sizeB]) => sizeB - sizeA || (a < b ? -1 : 1));

const greatest = (sums: ReadonlyMap<string, number>): [string, number] | null => ordered(sums)[0] ?? null;

const sentenceOf = (effects: readonly Effect[], feature: string): string | null => effects.find((effect) => effect.feature === feature)?.sentence() ?? null;
