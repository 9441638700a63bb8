import type { Fold } from '../../features/index.ts';
import type { SampleValues } from './values.ts';

/** The words of the codes that stand in a column. */
export type Words = ReadonlyMap<number, string | null>;

const SLOTS = 1_024; // of codes that were seen last; a power of two, and no code is 0

/** Looks up the words of all codes in the columns of categorical features, by feature. */
export function wordsOf(fold: Fold, columns: readonly SampleValues[]): (Words | undefined)[] {
  return columns.map((values, feature) => {
    const wordOf = fold.words[feature];
    if (wordOf === undefined) return undefined;
    const words = new Map<number, string | null>();
    const seen = new Float64Array(SLOTS);
    for (let row = 0; row < values.length; row++) {
      const code = values[row]!;
      if (code !== code || seen[code & (SLOTS - 1)] === code) continue;
      seen[code & (SLOTS - 1)] = code;
      if (!words.has(code)) words.set(code, wordOf(code));
    }
    return words;
  });
}
