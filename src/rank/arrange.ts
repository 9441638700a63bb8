import { canonicalJson, sha256Hex } from '../base/index.ts';
import { adjustmentPoints } from './adjust.ts';
import type { Assessment, CandidateFacts } from './assessment.ts';
import { ineligible, type Ineligible } from './eligible.ts';
import type { AdjustmentName, Policy } from './policy.ts';

export interface Candidate {
  readonly assessment: Assessment;
  readonly facts: CandidateFacts;
}

export interface ListContext {
  /** ms */
  readonly now: number;
  /** Whose list it is. */
  readonly user: string;
  /** The most items of the list. */
  readonly limit: number;
}

/** One named change of order and what it did to a record's place; places count from 1. */
export interface Adjustment {
  readonly name: AdjustmentName;
  readonly before: number;
  readonly after: number;
}

export interface ListItem {
  readonly subject: string;
  /** From 1. */
  readonly position: number;
  /** The adjustments that gave it points, in their order. */
  readonly adjustments: readonly Adjustment[];
}

export interface Arrangement {
  /** `l_` and the first 16 digits of the digest. */
  readonly list: string;
  /** SHA-256 in hex over everything that the order came from: equal digests, equal lists. */
  readonly digest: string;
  readonly items: readonly ListItem[];
  readonly leftOut: readonly { subject: string; reason: Ineligible }[];
  /** How many records could be listed, those beyond the limit included. */
  readonly eligible: number;
}

interface Place {
  readonly candidate: Candidate;
  readonly value: number;
  readonly adjustments: readonly Adjustment[];
}

/**
 * A rep's list: the eligible records by score, then by `raw`, then by id, changed by the policy's adjustments one after
 * another. Pure; the order of `candidates` does not matter. `seed` is part of the digest, for policies that explore.
 */
export function arrange(
  candidates: readonly Candidate[],
  context: ListContext,
  policy: Policy,
  seed: number,
): Arrangement {
  const judged = candidates
    .map((candidate) => ({ candidate, reason: ineligible(candidate.facts, context.now, policy) }))
    .toSorted((a, b) => compareIds(a.candidate, b.candidate));
  const start: Place[] = judged
    .filter(({ reason }) => reason === null)
    .map(({ candidate }) => ({ candidate, value: candidate.assessment.score, adjustments: [] }));
  const order = policy.adjustments.reduce(
    (places, spec) => move(places, spec.name, ({ facts }) => adjustmentPoints(spec, facts, context.now)),
    start.toSorted(comparePlaces),
  );
  const items = order.slice(0, context.limit).map((place, at) => ({
    subject: place.candidate.assessment.subject,
    position: at + 1,
    adjustments: place.adjustments,
  }));
  const leftOut = judged.flatMap(({ candidate, reason }) =>
    reason === null ? [] : [{ subject: candidate.assessment.subject, reason }],
  );
  const digest = sha256Hex(
    canonicalJson({ ...context, policy: policy.hash, seed, order: order.map(fingerprint), leftOut }),
  );
  return { list: `l_${digest.slice(0, 16)}`, digest, items, leftOut, eligible: order.length };
}

function move(places: readonly Place[], name: AdjustmentName, points: (candidate: Candidate) => number): Place[] {
  const moved = places.map(({ candidate, value, adjustments }, at) => {
    const extra = points(candidate);
    return { candidate, value: value + extra, adjustments, extra, before: at + 1 };
  });
  return moved.toSorted(comparePlaces).map(({ candidate, value, adjustments, extra, before }, at) => ({
    candidate,
    value,
    adjustments: extra === 0 ? adjustments : [...adjustments, { name, before, after: at + 1 }],
  }));
}

function comparePlaces(a: Place, b: Place): number {
  if (a.value !== b.value) return b.value - a.value;
  const [rawA, rawB] = [a.candidate.assessment.raw ?? -Infinity, b.candidate.assessment.raw ?? -Infinity];
  if (rawA !== rawB) return rawB - rawA;
  return compareIds(a.candidate, b.candidate);
}

function compareIds(a: Candidate, b: Candidate): number {
  return a.assessment.subject < b.assessment.subject ? -1 : a.assessment.subject > b.assessment.subject ? 1 : 0;
}

function fingerprint({ candidate, value, adjustments }: Place): unknown[] {
  const { subject, level, raw, score } = candidate.assessment;
  return [subject, level, raw, score, value, adjustments];
}
