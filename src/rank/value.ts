import { amountOf, type OutcomeValue } from '../bundle/index.ts';
import { createScorer, type Value } from '../trees/index.ts';
import type { Worth } from './assessment.ts';
import { projector } from './project.ts';

/** What the outcome of one record is worth, given the columns of its vector; null where nothing can be said. */
export type Appraise = (columns: readonly string[], vector: readonly Value[]) => Worth | null;

/**
 * Makes the value part of a bundle ready: a record's own amount where it has one above nothing, else what the model says. Throws
 * a Fault of kind `conflict` when a column that it needs is not among those given.
 */
export function appraiser({ own, model, currency }: OutcomeValue): Appraise {
  const scorer = model && createScorer(model.trees);
  const inputs = scorer && projector(scorer.features);
  const ownAmount = own === null ? null : projector([own]);
  return (columns, vector) => {
    const amount = ownAmount?.(columns, vector)[0];
    if (typeof amount === 'number' && amount > 0) return { amount, currency, from: 'own' };
    if (model === null) return null;
    const said = amountOf(model, scorer!.raw(inputs!(columns, vector)));
    return Number.isFinite(said) ? { amount: said, currency, from: 'model' } : null;
  };
}
