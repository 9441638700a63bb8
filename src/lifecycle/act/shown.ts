import { clusteredMean, holm, type PolicyTable } from '../../experiment/index.ts';
import { contrastOf } from './contrast.ts';
import type { Recommendations } from './recommendations.ts';
import type { PolicyOf } from './unseen-policies.ts';

/** What an action would bring that alone takes the rules' place, by effects that have not seen the decisions. */
export interface Alone {
  /** A decision, over all of them, with its standard error. */
  readonly gain: number;
  readonly error: number;
  /** Whether that is more than chance; else the rules are not left for it. */
  readonly isShown: boolean;
}

export interface AloneOptions {
  /** The expected rewards, decisions × arms, by models that have not seen the decision. */
  readonly expected: Float64Array;
  readonly rules: PolicyTable;
  readonly policyOf: PolicyOf;
}

/** The chance that any action is shown which does not help, like that of an interval of 95 % to lie above nought. */
const LEVEL = 0.025;

/**
 * Asks of each action alone whether it is shown to help, so that what is clear of one is not lost in the noise of the others. Asked of
 * several, each must be the clearer (Holm).
 */
export function shownArms(arms: readonly string[], { decisions, rule }: Pick<Recommendations, 'decisions' | 'rule'>, { expected, rules, policyOf }: AloneOptions): Alone[] {
  const width = decisions.arms.length;
  const found = arms.map((arm) => {
    const place = decisions.arms.indexOf(arm);
    const policy = policyOf(new Set([arm]));
    const terms = new Float64Array(decisions.count);
    const { rows, values } = contrastOf(place, { decisions, rule }, expected);
    rows.forEach((row, at) => (terms[row] = (policy[row * width + place]! - rules[row * width + place]!) * values[at]!));
    const { value: gain, error } = clusteredMean(terms, decisions.subject);
    return { gain, error };
  });
  const isShown = holm(found.map(({ gain, error }) => (error > 0 ? gain / error : 0)), LEVEL);
  return found.map(({ gain, error }, at) => ({ gain, error, isShown: isShown[at]! }));
}
