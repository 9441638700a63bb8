import { log } from '../base/index.ts';
import type { Priority } from './arrange/entry.ts';
import type { Reason } from './assessment.ts';
import { times } from './words.ts';

/**
 * What makes a record wanted sooner or later than its chance and value alone: the strongest factor for it and the strongest against, as reasons of their
 * own. Their effect is the natural logarithm of the factor.
 */
export function urgencyReasons({ factors }: Priority): Reason[] {
  const told = factors
    .filter(({ factor }) => factor > 0)
    .map(({ sentence, rule, factor }) => ({ effect: log(factor), sentence: sentence ?? `the weight ${rule ?? 'of the policy'} counts ${times(factor)}` }))
    .toSorted((a, b) => b.effect - a.effect);
  const [first, last] = [told[0], told.at(-1)];
  return [
    ...(first !== undefined && first.effect > 0 ? [{ theme: 'urgency', direction: 'for' as const, ...first }] : []),
    ...(last !== undefined && last.effect < 0 ? [{ theme: 'urgency', direction: 'against' as const, ...last }] : []),
  ];
}
