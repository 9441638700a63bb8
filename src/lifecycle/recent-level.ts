import { countWhere, logit, sigmoid } from '../base/index.ts';
import type { Calibration } from '../trees/index.ts';

/** A record whose outcome is settled: its probability, said unseen, and how long after that its outcome became known; null: it had none. */
export interface Settled {
  readonly probability: number;
  /** ms */
  readonly after: number | null;
}

/** A record whose horizon is not over: its probability, how long ago it was said, and whether its outcome is known already. */
export interface Unsettled {
  readonly probability: number;
  /** ms */
  readonly elapsed: number;
  readonly isOut: boolean;
}

/** By how much the outcomes of the youngest records differ from what was to be expected of them by now. */
export interface RecentLevel {
  readonly records: number;
  /** Outcomes that are known of them, and how many were to be expected by now. */
  readonly outcomes: number;
  readonly expected: number;
  /** What makes both equal, added to the log-odds of each, above what does so for settled records; its standard error; what is believed. */
  readonly shift: number;
  readonly error: number;
  readonly believed: number;
}

/** With fewer outcomes, settled or not, nothing is said. */
const FEWEST = 30;
/** Outcomes by which the time that they take is told apart by probability. */
const OF_PART = 100;
const MOST_PARTS = 5;
const STEPS = 30;

/**
 * The level of what is too young to be learned from. Of each young record the chance that its outcome is known by now is its probability
 * times the share of outcomes that come so soon, which the settled records tell, apart for low and high probabilities: what survival
 * analysis does with censored lives (Berkson & Gage 1952, with one common proportion of odds). The shift of log-odds is the likeliest
 * one, less that of the settled records themselves: what is said of first samples may be off, and is no change. It is drawn to 0 as
 * James and Stein have it. Null where too little is known.
 */
export function recentLevel(settled: readonly Settled[], young: readonly Unsettled[]): RecentLevel | null {
  const shareBy = soonness(settled);
  if (shareBy === null) return null;
  const rows = young.map(({ probability, elapsed, isOut }) => ({ odds: logit(probability), share: shareBy(probability, elapsed), isOut })).filter(({ share }) => share > 0);
  const outcomes = rows.filter(({ isOut }) => isOut).length;
  const expected = rows.reduce((sum, { odds, share }) => sum + share * sigmoid(odds), 0);
  if (Math.max(outcomes, expected) < FEWEST) return null;
  const [now, before] = [likeliest(rows), likeliest(settled.map(({ probability, after }) => ({ odds: logit(probability), share: 1, isOut: after !== null })))];
  const shift = now.shift - before.shift;
  const error = Math.sqrt(now.error ** 2 + before.error ** 2);
  const believed = shift === 0 ? 0 : shift * Math.max(0, 1 - (error / shift) ** 2);
  return { records: rows.length, outcomes, expected, shift, error, believed };
}

interface Awaited {
  readonly odds: number;
  /** Of the outcomes that come at all, those that are known by now. */
  readonly share: number;
  readonly isOut: boolean;
}

/** What is to be added to all log-odds for the outcomes to be the likeliest, after a vague guess of 0, by Fisher's scoring. */
function likeliest(rows: readonly Awaited[]): { shift: number; error: number } {
  let [shift, information] = [0, 1];
  for (let step = 0; step < STEPS; step++) {
    let score = -shift;
    information = 1; // of the guess: 0, give or take 1
    for (const { odds, share, isOut } of rows) {
      const p = sigmoid(odds + shift);
      const chance = Math.min(share * p, 1 - 1e-9);
      const slope = share * p * (1 - p);
      score += (slope * (Number(isOut) - chance)) / (chance * (1 - chance));
      information += slope ** 2 / (chance * (1 - chance));
    }
    const move = Math.max(-1, Math.min(1, score / information));
    shift += move;
    if (Math.abs(move) < 1e-9) break;
  }
  return { shift, error: 1 / Math.sqrt(information) };
}

/** What share of the outcomes comes so soon, by probability and time; null where too few are known. */
function soonness(settled: readonly Settled[]): ((probability: number, elapsed: number) => number) | null {
  const known = settled.flatMap(({ probability, after }) => (after === null ? [] : [{ probability, after }])).toSorted((a, b) => a.probability - b.probability);
  if (known.length < FEWEST) return null;
  const count = Math.max(1, Math.min(MOST_PARTS, Math.floor(known.length / OF_PART)));
  const parts = Array.from({ length: count }, (_, part) => {
    const of = known.slice(Math.round((part * known.length) / count), Math.round(((part + 1) * known.length) / count));
    return { from: of[0]!.probability, after: Float64Array.from(of, ({ after }) => after).toSorted() };
  });
  return (probability, elapsed) => {
    const { after } = parts.findLast(({ from }) => from <= probability) ?? parts[0]!;
    return countWhere(after, (time) => time <= elapsed) / after.length;
  };
}

/** A calibration whose probabilities all have so much more log-odds. */
export function shiftedBy({ kind, x, y }: Calibration, shift: number): Calibration {
  const edge = 2 ** -53;
  return shift === 0 ? { kind, x, y } : { kind, x, y: y.map((p) => Math.min(1 - edge, Math.max(edge, sigmoid(logit(p) + shift)))) };
}
