import type { ActionPolicy } from './act/index.ts';
import type { Action } from './assessment.ts';

/** What could not be had for one answer, and why, in plain words. */
export interface Lacks {
  /** The record's features: its vector holds nothing. */
  readonly features?: string;
  /** Its last score. */
  readonly last?: string;
  /** The action policy that was promoted: the one that comes along recommends. */
  readonly actions?: string;
  /** What its outcome is worth. */
  readonly value?: string;
}

/** Several reasons in one line; null where there is none. */
export function told(...reasons: readonly (string | false | null | undefined)[]): string | null {
  return reasons.filter(Boolean).join('; ') || null;
}

export function withoutPolicy(levelReason: string | null, lacks: Lacks | undefined): string | null {
  return told(levelReason, lacks?.actions !== undefined && `Actions as leadrank comes: ${lacks.actions}`);
}

/** Whom nothing is known of now, nobody is told to contact: what forbids it cannot be known either. */
export function blindAction({ hash: policy }: ActionPolicy): Action {
  const sentence = 'Wait: what is known of it cannot be read now';
  return { kind: 'wait', template: null, sentence, propensity: 1, alternatives: [], basis: 'rules', rule: 'wait', policy };
}
