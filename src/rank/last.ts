import { DAY, HOUR } from '../base/index.ts';
import type { Grade, Reason } from './assessment.ts';

/** The newest score that a model gave a record. It answers when the model cannot (level L2) and begins the trend. */
export interface LastScore {
  /** When it was made, ms. */
  readonly time: number;
  readonly score: number;
  readonly grade: Grade;
  readonly probability: number | null;
  /** Bundle that made it. */
  readonly bundle: string;
  /** The reasons of that time, where they were recalled. */
  readonly reasons: readonly Reason[];
}

export interface TrendPoint {
  /** ms */
  readonly time: number;
  readonly score: number;
}

/** Where last scores are kept. */
export interface LastScores {
  /** Without its reasons: what every assessment is given. */
  get(subject: string): LastScore | null;
  /** A last score with its reasons, from the journalled decision that said it: where it answers for the model. */
  recall(subject: string, last: LastScore): LastScore;
  /** Oldest first; the last point is the last score. */
  trend(subject: string): TrendPoint[];
  /** The same, where it does not reach back to last week read from the journalled decisions: for a single record. */
  recallTrend(subject: string): TrendPoint[];
  /** Takes a score over from an older one; an older one than the one held changes nothing. */
  put(subject: string, last: LastScore): void;
  /** The grade that rules gave a record last; null where they never did. It is no last score: it neither answers nor is of the trend. */
  pointsGrade(subject: string): Grade | null;
  keepPointsGrade(subject: string, grade: Grade): void;
  /** Resolves once nothing of it is held or still to be written. */
  erase(subject: string): void | Promise<void>;
  /** Resolves once everything is written. Idempotent. */
  close(): Promise<void>;
}

const WEEK = 7 * DAY;
const POINTS = 24;
const SPACING = 8 * HOUR;

/**
 * The trend with one more point, oldest first. Points closer than eight hours to their predecessor replace the last one,
 * so 24 points span at least a week however often a record is scored.
 */
export function extendTrend(trend: readonly TrendPoint[], point: TrendPoint): TrendPoint[] {
  const last = trend.at(-1);
  if (last !== undefined && point.time < last.time) return [...trend];
  const anchor = trend.at(-2);
  const crowded = anchor !== undefined && last !== undefined && last.time - anchor.time < SPACING;
  const kept = crowded ? trend.slice(0, -1) : trend;
  return [...kept, point].slice(-POINTS);
}

/**
 * How many points the last score of a trend is above that of a week before it, by the newest point that is a week older or more,
 * else by the oldest of at least three days; null where the trend does not go back so far.
 */
export function againstLastWeek(trend: readonly TrendPoint[]): { readonly points: number; readonly since: number } | null {
  const last = trend.at(-1);
  if (last === undefined) return null;
  const before = trend.findLast(({ time }) => last.time - time >= WEEK) ?? trend.find(({ time }) => last.time - time >= 3 * DAY);
  return before === undefined ? null : { points: last.score - before.score, since: before.time };
}
