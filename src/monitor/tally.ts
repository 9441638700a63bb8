import type { Value } from '../trees/index.ts';
import type { Erasures } from './erasures.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import type { Recomputed } from './vectors.ts';

/** How the values of one feature came out. */
export interface FeatureSkew {
  readonly feature: string;
  readonly equal: number;
  readonly mismatch: number;
  readonly missing: number;
  readonly extra: number;
  /** Differ, and a later erasure can be why: neither equal nor skew. */
  readonly unsettled: number;
  /** The first few that are skew. */
  readonly examples: readonly Example[];
}

export interface Example {
  readonly decision: string;
  readonly outcome: Exclude<Outcome, 'equal'>;
  readonly live: Value;
  readonly computed: Value;
}

export interface Tally {
  /** In the order in which the vectors name them. */
  readonly features: readonly FeatureSkew[];
  /** Features of live vectors that are not declared any more, with the vectors that have them. They are not compared. */
  readonly undeclared: readonly { readonly feature: string; readonly vectors: number }[];
  /** Ids of the decisions in which some feature is skew. */
  readonly differing: readonly string[];
}

const EXAMPLES = 20;

type Counting = { -readonly [Key in keyof FeatureSkew]: FeatureSkew[Key] } & { examples: Example[] };

/** Compares vectors with what the log gives, feature by feature. */
export function tally(recomputed: readonly Recomputed[], { mayExplain }: Pick<Erasures, 'mayExplain'>): Tally {
  const features = new Map<string, Counting>();
  const undeclared = new Map<string, number>();
  const differing = new Set<string>();

  const counting = (feature: string): Counting => {
    const known = features.get(feature) ?? { feature, equal: 0, mismatch: 0, missing: 0, extra: 0, unsettled: 0, examples: [] };
    features.set(feature, known);
    return known;
  };

  for (const { live, differing: found } of recomputed) {
    if (found === null) continue;
    let next = 0;
    for (const [at, feature] of live.names.entries()) {
      const other = found[next]?.at === at ? found[next++]! : null;
      const was = live.values[at]!;
      const is = other === null ? was : other.computed;
      if (is === undefined) {
        undeclared.set(feature, (undeclared.get(feature) ?? 0) + 1);
        continue;
      }
      const counts = counting(feature);
      const outcome = outcomeOf(was, is);
      const isUnsettled = outcome !== 'equal' && mayExplain(live, feature);
      counts[isUnsettled ? 'unsettled' : outcome] += 1;
      if (outcome === 'equal' || isUnsettled) continue;
      differing.add(live.decision);
      if (counts.examples.length < EXAMPLES) counts.examples.push({ decision: live.decision, outcome, live: was, computed: is });
    }
  }
  return { features: [...features.values()], undeclared: [...undeclared].map(([feature, vectors]) => ({ feature, vectors })), differing: [...differing] };
}
