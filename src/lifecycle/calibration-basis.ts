import { auc } from './auc.ts';
import { joined } from './hold-out.ts';
import { take } from './rows.ts';
import type { Unseen, UnseenInTime } from './unseen.ts';

const FEWEST_TO_CALIBRATE = 50; // rows of the rarer outcome

/**
 * Later windows with the scores that models of rows of all times have on them, none of which saw a row of the same record. Where samples of a record share
 * its outcome, the model of the rows before a window lacks all records of which the window holds some, those that stayed open longest and mostly came to
 * nothing, and has fewer records than the final model. It says too much of all alike and tells them apart less; a curve learned from it would take the one
 * from the final model and flatten the other.
 */
export function seenByAllTimes({ before, middle, late }: UnseenInTime, byChance: Unseen): UnseenInTime {
  const of = ({ rows }: Unseen): Unseen => ({ rows, raw: take(byChance.raw, rows) });
  return { before, middle: of(middle), late: of(late) };
}

/**
 * The rows, scored unseen, that probabilities are learned from. Later rows come first, as the model will meet later ones: both
 * windows, or the latest alone where its own scores order outcomes more than twice as well as both together: the level has
 * moved between them, and one curve through both would be flat. Random folds where the later windows hold too few of an outcome,
 * or where scores order less than a quarter of what they do at random: a flat curve would hide an order that is there.
 */
export function calibrationBasis(inTime: UnseenInTime | null, byChance: Unseen, labels: Float64Array): Unseen {
  if (inTime === null) return byChance;
  const both = joined(inTime);
  const late = canCalibrate(inTime.late, labels) && orderOf(inTime.late, labels) > 2 * orderOf(both, labels);
  const basis = late ? inTime.late : both;
  return canCalibrate(basis, labels) && 4 * orderOf(basis, labels) >= orderOf(byChance, labels) ? basis : byChance;
}

/** How far the AUC lies above that of a coin. */
function orderOf({ rows, raw }: Unseen, labels: Float64Array): number {
  return auc(raw, take(labels, rows)).value - 0.5;
}

function canCalibrate({ rows }: Unseen, labels: Float64Array): boolean {
  const positives = rows.reduce((sum, row) => sum + labels[row]!, 0);
  return Math.min(positives, rows.length - positives) >= FEWEST_TO_CALIBRATE;
}
