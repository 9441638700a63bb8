import { sigmoid } from '../base/index.ts';
import { auc } from './auc.ts';
import { joined } from './hold-out.ts';
import { take } from './rows.ts';
import type { Unseen, UnseenInTime } from './unseen.ts';

const FEWEST_TO_CALIBRATE = 50; // rows of the rarer outcome

/**
 * Windows whose scores have the level that models of rows of all times have on them, as the final model will. Where samples of a record share its outcome,
 * the model that scores a window lacks all records of which it holds some: those that stayed open longest and mostly came to nothing. So it says too much of
 * all alike; a curve learned from that would take it from the final model, which lacks none, a second time.
 */
export function levelled({ before, middle, late }: UnseenInTime, byChance: Unseen['raw']): UnseenInTime {
  const at = ({ rows, raw }: Unseen): Unseen => {
    const excess = excessOf(raw, take(byChance, rows));
    return { rows, raw: raw.map((score) => score - excess) };
  };
  return { before, middle: at(middle), late: at(late) };
}

const HALVINGS = 50;

/** What is to be taken from all log-odds for their probabilities to have the same sum as those of others. */
function excessOf(raw: Float64Array, others: Float64Array): number {
  const wanted = others.reduce((sum, score) => sum + sigmoid(score), 0);
  let [low, high] = [-20, 20];
  for (let step = 0; step < HALVINGS; step++) {
    const excess = (low + high) / 2;
    if (raw.reduce((sum, score) => sum + sigmoid(score - excess), 0) > wanted) low = excess;
    else high = excess;
  }
  return (low + high) / 2;
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
