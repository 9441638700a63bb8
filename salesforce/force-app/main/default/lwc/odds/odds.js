import * as words from 'c/words';

/**
 * A probability in natural frequencies, which people read better than percentages; '' for none. `kind` says of what it is:
 * that a lead converts, or that an opportunity is won.
 */
export function oddsText(probability, kind = 'lead') {
  const { fill } = words;
  const odds = words.odds[kind] ?? words.odds.lead;
  if (!Number.isFinite(probability)) return '';
  if (probability < 0.005) return odds.few;
  if (probability > 0.995) return odds.most;
  const tenths = Math.round(probability * 10);
  const roundsWell = probability >= 0.15 && tenths < 10;
  return roundsWell ? fill(odds.inTen, tenths) : fill(odds.inHundred, Math.round(probability * 100));
}
