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

/** A live vector beside what the log says of it. */
export interface Recomputed {
  readonly live: LiveVector;
  /** Value by feature; null where the log cannot have led to such a vector. */
  readonly computed: ReadonlyMap<string, Value> | null;
  /** Why `computed` is null. */
  readonly why: string | null;
}
