import { exp } from '../base/index.ts';
import type { Target } from './bundle.ts';

/** What a model of a number says, in the label's unit: raw itself, or for a Tweedie model, whose raw is a logarithm, its exponential. */
export function predictionOf({ loss }: Pick<Target, 'loss'>, raw: number): number {
  return loss === 'tweedie' ? exp(raw) : raw;
}
