import { amountOf, type OutcomeValue } from '../bundle/index.ts';
import { createScorer, type Value } from '../trees/index.ts';
import type { Worth } from './assessment.ts';
import { projector } from './project.ts';
import type { Effect } from './reasons.ts';

/** What the outcome of one record is worth, given the columns of its vector. */
export interface Appraiser {
  /** Null where nothing can be said. */
  worth(columns: readonly string[], vector: readonly Value[]): Worth | null;
  /** What the worth comes from: of an own amount that alone, with `size` as its effect; of the model the exact SHAP of its raw. */
  effects(columns: readonly string[], vector: readonly Value[], size: number): Effect[];
}

/** How columns are put into words. */
export type Describe = (columns: readonly string[]) => readonly ((value: Value, effect: number) => Effect)[];

/**
 * Makes the value part of a bundle ready: a record's own amount where it has one above nothing, else what the model says. What it gives
 * throws a Fault of kind `conflict` when a column that it needs is not among those given.
 */
export function appraiser({ own, model, currency }: OutcomeValue, describe: Describe): Appraiser {
  const scorer = model && createScorer(model.trees);
  const inputs = scorer && projector(scorer.features);
  const ownAmount = own === null ? null : projector([own]);
  const amountIn = (columns: readonly string[], vector: readonly Value[]): number | null => {
    const amount = ownAmount?.(columns, vector)[0];
    return typeof amount === 'number' && amount > 0 ? amount : null;
  };
  return {
    worth(columns, vector) {
      const amount = amountIn(columns, vector);
      if (amount !== null) return { amount, currency, from: 'own' };
      if (model === null) return null;
      const said = amountOf(model, scorer!.raw(inputs!(columns, vector)));
      return Number.isFinite(said) ? { amount: said, currency, from: 'model' } : null;
    },
    effects(columns, vector, size) {
      const amount = amountIn(columns, vector);
      if (amount !== null) return [describe([own!])[0]!(amount, size)];
      if (scorer === null) return [];
      const row = inputs!(columns, vector);
      const contributions = scorer.contributions(row);
      return describe(scorer.features).map((told, at) => told(row[at]!, contributions[at]!));
    },
  };
}
