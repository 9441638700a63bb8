import type { Meaning, Meanings, Outcome } from './mapping.ts';

/** What a value of the client's picklist says, and its place among those of its meaning. */
export interface Said {
  readonly meaning: Meaning;
  /** From 0, in the order in which the mapping lists them. */
  readonly order: number;
}

/** What a value says of a record of a record type; undefined where the mapping does not know the value. */
export function meaningOf({ values, byRecordType }: Outcome, recordType: string, value: string): Said | undefined {
  const own: Meanings = Object.hasOwn(byRecordType, recordType) ? byRecordType[recordType]! : values;
  for (const [meaning, words] of Object.entries(own)) {
    const order = words.indexOf(value);
    if (order >= 0) return { meaning: meaning as Meaning, order };
  }
  return undefined;
}
