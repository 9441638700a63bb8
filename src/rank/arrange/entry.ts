import type { AdjustmentName } from '../policy/adjustments.ts';
import type { Candidate } from './candidate.ts';

/** A candidate on its way to a place. */
export interface Entry {
  readonly subject: string;
  readonly candidate: Candidate;
  /** What a list without adjustments goes by: the calibrated probability, or the share that points stand for. */
  readonly chance: number;
  /** The expected value; 1 for all where none is known, and where the goal is conversions. */
  readonly value: number;
  /** The median of the values that are known on the list; 1 of none. */
  readonly usual: number;
  readonly factors: readonly Factor[];
  /** chance × value × factors. */
  readonly priority: number;
  /** The probability of the draws that put it here; 1 where no chance was involved. */
  readonly propensity: number;
}

/** What an adjustment multiplied a priority by. */
export interface Factor {
  readonly name: AdjustmentName;
  /** The id of the policy's rule, for `weights`. */
  readonly rule: string | null;
  readonly factor: number;
  /** In words, for a factor that a rep is told of. */
  readonly sentence: string | null;
}

/** What an order goes by: chance × value × factors. */
export interface Priority {
  readonly total: number;
  readonly chance: number;
  readonly value: number;
  /** The median of the values that are known on the list. Absent in decisions of before the fourteenth engine. */
  readonly usual?: number;
  readonly factors: readonly Factor[];
}

/** Greater priority first, then greater `raw`, then greater score, then the id: the order of a list in which nothing else decides. */
export function compareEntries(a: Entry, b: Entry): number {
  if (a.priority !== b.priority) return b.priority - a.priority;
  const [rawA, rawB] = [a.candidate.assessment.raw ?? -Infinity, b.candidate.assessment.raw ?? -Infinity];
  if (rawA !== rawB) return rawB - rawA;
  const [scoreA, scoreB] = [a.candidate.assessment.score, b.candidate.assessment.score];
  if (scoreA !== scoreB) return scoreB - scoreA;
  return compareIds(a.subject, b.subject);
}

export const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
