import type { EndedLately } from '../rank/index.ts';
import type { Worklist } from './schema.ts';

/** What is not on a list for one reason. */
export interface LeftOut {
  readonly reason: string;
  /** Those that were counted. */
  readonly subjects: readonly string[];
  /** Whether there may be more of them. */
  readonly isCut: boolean;
}

/** What was looked at and is not on the list, and what the user had until lately, by reason, the most first; a record that is both is told once. */
export function leftOutBy(looked: readonly { readonly subject: string; readonly reason: string }[], { ended, isCut }: EndedLately): LeftOut[] {
  const told = new Set(looked.map(({ subject }) => subject));
  const gone = ended.filter(({ subject }) => !told.has(subject)).map(({ subject, as }) => ({ subject, reason: as }));
  const cut = new Set<string>(isCut ? ['converted', 'closed'] : []);
  return [...Map.groupBy<string, { subject: string; reason: string }>([...looked, ...gone], ({ reason }) => reason)]
    .map(([reason, all]) => ({ reason, subjects: all.map(({ subject }) => subject), isCut: cut.has(reason) }))
    .toSorted((a, b) => b.subjects.length - a.subjects.length || (a.reason < b.reason ? -1 : 1));
}

/** The most that are named for one reason. */
const MOST_NAMED = 200;

type Named = NonNullable<Worklist['leftOut'][number]['records']>[number];

export interface LeftOutWords {
  /** What a flag says; a reason that is no flag comes back as it is. */
  flag(reason: string): string;
  /** Names a record and says why; none where it is not known any more. Where it is not given, no record is told. */
  name?(subject: string, reason: string): readonly Named[];
}

/** How many were left out for each reason. A record is read only to be named. */
export function presentLeftOut(leftOut: readonly LeftOut[], { flag, name }: LeftOutWords): Worklist['leftOut'] {
  return leftOut.map(({ reason, subjects, isCut }) => ({
    reason,
    count: subjects.length,
    ...(isCut && { orMore: true as const }),
    ...(flag(reason) !== reason && { words: flag(reason) }),
    ...(name !== undefined && { records: subjects.slice(0, MOST_NAMED).flatMap((subject) => name(subject, reason)) }),
  }));
}
