/** Counts words of which there should be few: those beyond the first thousand are counted together. */
export interface Counts {
  add(word: string): void;
  /** By word, the most frequent first. */
  read(): [word: string, count: number][];
  /** How often a word came that was one too many. */
  others(): number;
}

const MOST = 1_000;

export function createCounts(): Counts {
  const counts = new Map<string, number>();
  let others = 0;
  return {
    add(word) {
      const before = counts.get(word);
      if (before === undefined && counts.size >= MOST) others += 1;
      else counts.set(word, (before ?? 0) + 1);
    },
    read: () => [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
    others: () => others,
  };
}
