import { targetOf } from '../../features/index.ts';

/** What is usual among records. */
export interface Usual {
  /** The lower median of all values; 1 of none. */
  readonly all: number;
  /** The lower median of those of a record's kind; of all where none of its kind has one. */
  of(subject: string): number;
}

/** What is usual among the records whose value is known: points do not rise by what a deal is worth, so each kind has its own. */
export function usualAmong(valued: readonly (readonly [subject: string, value: number])[]): Usual {
  const all = medianOf(valued);
  const byKind = new Map([...Map.groupBy(valued, ([subject]) => targetOf(subject))].map(([kind, of]) => [kind, medianOf(of)]));
  return { all, of: (subject) => byKind.get(targetOf(subject)) ?? all };
}

const medianOf = (valued: readonly (readonly [string, number])[]): number =>
  valued.map(([, value]) => value).toSorted((a, b) => a - b)[Math.floor((valued.length - 1) / 2)] ?? 1;
