/** Which records are one: who was merged with one of them is one with all. */
export interface Merging {
  /** Those that are one with a record by now, itself among them. */
  with(record: string): Iterable<string>;
  /** From now on these two are one. */
  join(record: string, other: string): void;
}

export function createMerging(): Merging {
  const sets = new Map<string, Set<string>>();
  return {
    with: (record) => sets.get(record) ?? [record],
    join(record, other) {
      const [few, many] = [record, other].map((each) => sets.get(each) ?? new Set([each])).toSorted((a, b) => a.size - b.size) as [Set<string>, Set<string>];
      for (const each of few) sets.set(each, many.add(each));
      sets.set(record, many).set(other, many);
    },
  };
}
