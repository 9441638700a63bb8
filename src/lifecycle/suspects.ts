import { random } from '../base/index.ts';
import { auc } from './auc.ts';
import { columnOfInput } from './dates.ts';
import { createLearner, type TrainOptions } from './learner.ts';
import type { Without } from './metrics.ts';
import { take } from './rows.ts';
import type { TrainInput } from './train-input.ts';
import { scoreOneFold } from './unseen.ts';
import type { Warning } from './warning.ts';

/** The columns that warnings call a possible leak. */
export function suspectsOf(warnings: readonly Warning[]): string[] {
  return warnings.flatMap(({ code, column }) => (code.startsWith('leak') && column !== null ? [column] : []));
}

/**
 * Trains once more without the columns, and judges that model beside the one with all on one random quarter. `raw`
 * holds what the models with all columns said of each row unseen. Null where no column goes, or none would be left.
 */
export function judgeWithout(
  input: TrainInput,
  columns: string[],
  raw: Float64Array,
  options: TrainOptions,
): Without | null {
  const { data, labels, seed = 0 } = input;
  const kept = data.columns.filter((column) => !columns.includes(columnOfInput(column.name)));
  if (kept.length === 0 || kept.length === data.columns.length) return null;
  const without = { ...input, data: { ...data, columns: kept } };
  const judged = scoreOneFold(without, createLearner(without, options), random(seed), 'hold-out without the suspects');
  const outcomes = take(labels, judged.rows);
  return { columns, auc: auc(judged.raw, outcomes), aucWithAll: auc(take(raw, judged.rows), outcomes) };
}
