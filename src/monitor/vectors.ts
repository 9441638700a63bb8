import type { Value } from '../trees/index.ts';

/** The vector that a decision was made on, as the journal holds it. */
export interface LiveVector {
  /** Id of the decision. */
  readonly decision: string;
  readonly subject: string;
  /** As of when the vector was read, ms. */
  readonly time: number;
  /** The log's offset that the state had folded. */
  readonly offset: number;
  /** Names of the values, in their order. */
  readonly names: readonly string[];
  /** Null is missing. */
  readonly values: readonly Value[];
}

/** A value that the log gives otherwise; undefined where it gives none, as the feature is not declared any more. */
export interface Differing {
  /** The place in the vector. */
  readonly at: number;
  readonly computed: Value | undefined;
}

/** A live vector beside what the log says of it. */
export interface Recomputed {
  readonly live: LiveVector;
  /** By place; null where the log cannot have led to such a vector. */
  readonly differing: readonly Differing[] | null;
  /** Why `differing` is null. */
  readonly why: string | null;
}
