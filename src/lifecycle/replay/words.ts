import type { Fold } from '../../features/index.ts';

/** The words of the codes that stand in a column. */
export type Words = ReadonlyMap<number, string | null>;

/** Looks up the words of all codes in the values of categorical features, by feature. */
export function wordsOf(fold: Fold, values: Float64Array): (Words | undefined)[] {
  const { features } = fold;
  return features.map((_, feature) => {
    const wordOf = fold.wordsOf(feature);
    if (wordOf === undefined) return undefined;
    const words = new Map<number, string | null>();
    for (let at = feature; at < values.length; at += features.length) {
      const code = values[at]!;
      if (!Number.isNaN(code) && !words.has(code)) words.set(code, wordOf(code));
    }
    return words;
  });
}
