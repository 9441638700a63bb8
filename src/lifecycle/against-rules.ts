import { gainOf, qualityOf, rankingOf } from '../rules/index.ts';
import type { Estimate } from './auc.ts';
import { numbered, take } from './rows.ts';
import type { TrainInput } from './train-input.ts';
import type { Unseen } from './unseen.ts';

/** What the top of an order of rows that the model had not seen holds of their outcomes: by the model, and by the points of the rules. */
export interface AgainstRules {
  rows: number;
  /** Rows whose outcome came. */
  positives: number;
  /** The share of the rows that counts as the top: about that of a book which a day's list shows. */
  share: number;
  /** Shares of the outcomes. */
  model: number;
  rules: number;
  /** The one less the other, with its interval by records. */
  gain: Estimate;
}

export const TOP_SHARE = 0.2;

/** Compares the two orders on rows that were scored unseen; where points are equal the share takes the mean of them. Null without points or outcomes. */
export function againstRules({ labels, weights, groups, points }: Pick<TrainInput, 'labels' | 'weights' | 'groups' | 'points'>, { rows, raw }: Unseen): AgainstRules | null {
  const outcomes = take(labels, rows);
  const positives = outcomes.reduce((sum, label) => sum + label, 0);
  if (points === undefined || positives === 0 || positives === rows.length) return null;
  const [byRules, byModel] = [rankingOf(take(points, rows)), rankingOf(raw)];
  const counted = weights ? take(weights, rows) : new Float64Array(rows.length).fill(1);
  const captured = (ranking: typeof byModel): number => qualityOf(ranking, outcomes, counted, [TOP_SHARE]).tops[0]!.captured;
  const { lift } = gainOf(byRules, byModel, { labels: outcomes, weights: counted, groups: groups ? numbered(rows.map((row) => groups[row]!)) : Int32Array.from(rows.keys()), share: TOP_SHARE });
  return {
    rows: rows.length,
    positives,
    share: TOP_SHARE,
    model: captured(byModel),
    rules: captured(byRules),
    gain: { value: TOP_SHARE * lift.value, low: TOP_SHARE * lift.low, high: TOP_SHARE * lift.high },
  };
}

/** Whether a model is to decide in the place of the rules: what it has on top of later rows is more. Where nothing was compared, it is. */
export const isAboveRules = (found: AgainstRules | null | undefined): boolean => !found || found.gain.value > 0;
