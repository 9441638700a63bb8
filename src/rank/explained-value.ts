import { log } from '../base/index.ts';
import type { Priority } from './arrange/entry.ts';
import type { AssessInput, Engine } from './assess-input.ts';
import { portable } from './portable.ts';
import type { Effect } from './reasons.ts';

/**
 * What a record's value was made of, feature by feature: its own amount alone, whose effect is the logarithm of its ratio to the usual
 * value of the list, or the effects of the model of the amount, on the scale of that. None where there is no model, or it fails.
 */
export function explainedValue({ vector }: AssessInput, { value, usual = value }: Priority, { model, columns }: Engine): readonly Effect[] {
  try {
    return model?.valueEffects(columns, portable(vector), log(value / usual)) ?? [];
  } catch {
    return [];
  }
}
