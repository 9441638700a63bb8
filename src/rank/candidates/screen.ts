import { holds } from '../../rules/index.ts';
import type { Candidate } from '../arrange.ts';
import { listedChance } from '../chance.ts';
import type { FlagSpec } from './flag.ts';

export interface Screened {
  /** What is left, each with the flags that are up for it. */
  readonly candidates: readonly Candidate[];
  readonly leftOut: readonly { readonly subject: string; readonly reason: string }[];
}

/**
 * Puts up flags and keeps off what they say. Among records that are the same, the first by chance, then `raw`, then
 * id is the better one, and has no flag for it.
 */
export function screen(candidates: readonly Candidate[], flags: readonly FlagSpec[]): Screened {
  const leftOut: { subject: string; reason: string }[] = [];
  let left = candidates;
  const up = new Map<string, string[]>();
  for (const spec of flags) {
    const flagged = spec.same === null ? left.filter((candidate) => fits(spec, candidate)) : worse(left, spec.same);
    if (spec.do === 'leave-out') {
      const gone = new Set(flagged);
      leftOut.push(...flagged.map(({ assessment: { subject } }) => ({ subject, reason: spec.id })));
      left = left.filter((candidate) => !gone.has(candidate));
    } else for (const { assessment: { subject } } of flagged) up.set(subject, [...(up.get(subject) ?? []), spec.id]);
  }
  return { leftOut, candidates: left.map((candidate) => withFlags(candidate, up.get(candidate.assessment.subject))) };
}

/** The flag that keeps a record off every list by its own values; null where none does. */
export const barredBy = (fields: Candidate['fields'] | undefined, flags: readonly FlagSpec[]): string | null =>
  flags.find((spec) => spec.do === 'leave-out' && spec.same === null && fits(spec, { fields }))?.id ?? null;

const withFlags = (candidate: Candidate, more: readonly string[] | undefined): Candidate =>
  more === undefined ? candidate : Object.assign({}, candidate, { flags: [...(candidate.flags ?? []), ...more] });

const fits = ({ when }: FlagSpec, { fields = {} }: { readonly fields?: Candidate['fields'] | undefined }): boolean => when.every((test) => holds(test, fields[test.feature] ?? null));

/** All but the best of each that are the same. */
function worse(candidates: readonly Candidate[], same: 'person' | 'account'): Candidate[] {
  const seen = new Set<string>();
  return candidates.toSorted(better).filter(({ facts }) => {
    const key = facts[same] ?? null;
    if (key === null || !seen.has(key)) {
      if (key !== null) seen.add(key);
      return false;
    }
    return true;
  });
}

function better({ assessment: a }: Candidate, { assessment: b }: Candidate): number {
  return listedChance(b) - listedChance(a) || (b.raw ?? -Infinity) - (a.raw ?? -Infinity) || (a.subject < b.subject ? -1 : 1);
}
