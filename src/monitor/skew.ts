import { recompute, type RecomputeOptions } from './recompute.ts';
import { tally, type Tally } from './tally.ts';
import type { LiveVector } from './vectors.ts';

/** Whether live vectors are what the log says that they are. */
export interface Skew extends Tally {
  /** True where no feature of any vector is skew and every vector has a record in the log. */
  readonly ok: boolean;
  /** Vectors compared. */
  readonly vectors: number;
  /** Values compared. */
  readonly values: number;
  /** Vectors that no state of the log can have led to, and why. */
  readonly unfounded: readonly { readonly decision: string; readonly why: string }[];
  /** Vectors of subjects that were erased: skipped. */
  readonly erased: number;
  /** Events of the log that were read. */
  readonly events: number;
}

/** Computes vectors again in one replay of the log, and compares them. Rejects with a Fault where a subject is erased meanwhile. */
export async function measureSkew(vectors: readonly LiveVector[], options: RecomputeOptions): Promise<Skew> {
  const { recomputed, erasures, events } = await recompute(vectors, options);
  const kept = recomputed.filter(({ live }) => !erasures.has(live.subject));
  const unfounded = kept.flatMap(({ live, why }) => (why === null ? [] : [{ decision: live.decision, why }]));
  const counts = tally(kept, erasures);
  const values = counts.features.reduce((sum, { equal, mismatch, missing, extra, unsettled }) => sum + equal + mismatch + missing + extra + unsettled, 0);
  return {
    ok: counts.differing.length === 0 && unfounded.length === 0,
    vectors: kept.length - unfounded.length,
    values,
    unfounded,
    erased: recomputed.length - kept.length,
    events,
    ...counts,
  };
}
