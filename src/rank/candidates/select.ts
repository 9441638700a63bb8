import type { Value } from '../../trees/index.ts';
import type { Candidate } from '../arrange.ts';
import type { Rating } from '../assessment.ts';
import { ineligible } from '../eligible.ts';
import type { Policy } from '../policy.ts';
import { gather, type Gathered, type Gathering, type GatherOptions } from './gather.ts';
import type { CandidateReader, CandidateRecord } from './reader.ts';
import { screen } from './screen.ts';

/** A record's rating, and the values that the policy's conditions look at. */
export interface Judged {
  readonly assessment: Rating;
  readonly fields: Readonly<Record<string, Value>>;
}

/** What a list is arranged from. */
export interface Selection {
  readonly candidates: readonly Candidate[];
  /** What was looked at and left out, with the reason. */
  readonly leftOut: readonly { readonly subject: string; readonly reason: string }[];
  readonly counts: Gathering['counts'];
  /** How many records were looked at. */
  readonly considered: number;
  readonly large: Gathering['large'];
}

/**
 * Gathers records from their sources, leaves out whom the list is not for, has the rest assessed and screens them. Whoever objected to
 * profiling is never assessed. Pure as far as reader and judge are.
 */
export function select<R extends CandidateRecord>(reader: CandidateReader<R>, options: GatherOptions, policy: Policy, judge: (record: R) => Judged): Selection {
  const { gathered, counts, large } = gather(reader, options, policy.candidates);
  const leftOut: { subject: string; reason: string }[] = [];
  const candidates: Candidate[] = [];
  for (const one of gathered) {
    const record = reader.record(one.subject);
    if (record === undefined) continue;
    const reason = ineligible(record, options.now, policy);
    if (reason === null) candidates.push(candidateOf(record, one, judge(record), { reader, ...options }));
    else leftOut.push({ subject: one.subject, reason });
  }
  const screened = screen(candidates, policy.flags);
  return { candidates: screened.candidates, leftOut: [...leftOut, ...screened.leftOut], counts, considered: gathered.length, large };
}

interface Whose {
  readonly reader: Pick<CandidateReader, 'user'>;
  readonly user: string;
  readonly now: number;
}

function candidateOf(record: CandidateRecord, { sources, propensity }: Gathered, { assessment, fields }: Judged, whose: Whose): Candidate {
  const flags = ownerFlags(record.owner, whose);
  return { assessment, facts: record, fields, sources, drawn: propensity, ...(flags.length > 0 && { flags }) };
}

/** What is told of a record whose owner is not the one who is to work it. */
function ownerFlags(owner: string | null, { reader, user, now }: Whose): string[] {
  if (owner === user) return [];
  const facts = owner === null ? undefined : reader.user(owner);
  if (facts?.active === false) return ['owner-left'];
  return (facts?.awayUntil ?? -Infinity) > now ? ['owner-away'] : ['unowned'];
}
