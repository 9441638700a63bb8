import { auc } from './auc.ts';
import { joined } from './hold-out.ts';
import { take } from './rows.ts';
import type { Unseen, UnseenInTime } from './unseen.ts';

const FEWEST_TO_CALIBRATE = 50; // rows of the rarer outcome

/**
 * The rows, scored unseen, that probabilities are learned from. Later rows come first, as the model will meet later ones: both
 * windows where they agree, or the latest alone where its scores order outcomes more than half as well again by themselves, for
 * then the level has moved between the windows and one curve through both would be flat. Random folds where neither will do.
 */
export function calibrationBasis(inTime: UnseenInTime | null, byChance: Unseen, labels: Float64Array): Unseen {
  if (inTime === null || !canCalibrate(joined(inTime), labels)) return byChance;
  const both = joined(inTime);
  if (2 * orderOf(both, labels) >= orderOf(inTime.late, labels)) return both;
  return canCalibrate(inTime.late, labels) ? inTime.late : byChance;
}

/** How far the AUC lies above that of a coin. */
function orderOf({ rows, raw }: Unseen, labels: Float64Array): number {
  return auc(raw, take(labels, rows)).value - 0.5;
}

function canCalibrate({ rows }: Unseen, labels: Float64Array): boolean {
  const positives = rows.reduce((sum, row) => sum + labels[row]!, 0);
  return Math.min(positives, rows.length - positives) >= FEWEST_TO_CALIBRATE;
}
