import type { Constraints } from './constraint.ts';
import type { LearnedDocument } from './learned.ts';

/** How the next best action is chosen, as plain data: found again by its hash. */
export interface ActionPolicyDocument {
  readonly version: number;
  /** In the order in which equals are preferred. */
  readonly actions: readonly ActionSpec[];
  /** The share of recommendations that are made by lot, to learn from, [0, 1]. */
  readonly exploration: number;
  readonly constraints: Constraints;
  readonly learned: LearnedDocument | null;
}

export interface ActionSpec {
  /** A kind, or `email:template`. */
  readonly name: string;
  /** Weight among what is shown by lot; default 1. */
  readonly explore?: number;
  /** The least effect, as a probability, for which it takes the place of what the rules say; default 0. */
  readonly least?: number;
  /** What it costs, in the currency of values; counted where the record's value is known; default 0. */
  readonly cost?: number;
}
