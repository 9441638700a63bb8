import type { TargetName } from '../features/index.ts';
import type { Adjustment, AssessInput, Assessment, CandidateSource, Lacks, ListContext, Priority, Reason, RecordFacts } from '../rank/index.ts';
import { portable } from '../rank/index.ts';
import type { MadeFrom } from './made-from.ts';

/** What made a decision, by content address; what was not used is null. */
export interface MadeWith {
  /** The compiled engine file. */
  readonly engine: string;
  readonly bundle: string | null;
  readonly rules: string;
  readonly policy: string | null;
  /** The list of the vector's column names. */
  readonly columns: string;
  /** The field experiment that was on, the record's arm, and who was drawn into it; `unit` is absent where none was. */
  readonly experiment: string | null;
  readonly arm: string | null;
  readonly unit?: string;
  /** Why the model was not asked although it was there. */
  readonly fault: string | null;
  /** What could not be had. Absent where everything could. */
  readonly lacks?: Lacks;
}

/** What decided about a record, beside the engine. */
export type Decider = Pick<MadeWith, 'bundle' | 'rules' | 'columns' | 'fault'> & { readonly arm?: string | null };

/** A record's place in a list. */
export interface Placement {
  /** Id of the list, `l_…`. */
  readonly list: string;
  readonly listDigest: string;
  readonly position: number;
  readonly adjustments: readonly Adjustment[];
  readonly limit: number;
  readonly seed: number;
  /** What the place goes by. Absent, as what follows, in decisions of before priorities. */
  readonly priority?: Priority;
  /** Why it stands elsewhere than its chance alone would have it. Absent in decisions of before the eighteenth engine. */
  readonly reasons?: readonly Reason[];
  /** The probability of the draws that gave the place. */
  readonly propensity?: number;
  /** What brought the record, and the probability with which the lot did; 1 where another source did. */
  readonly broughtBy?: readonly CandidateSource[];
  readonly drawn?: number;
  /** What stands out of it. */
  readonly flags?: readonly string[];
  /** The first decision of the list. */
  readonly head?: string;
  /** What the list was arranged with beside its candidates; in its first decision alone. */
  readonly context?: ArrangedWith;
  /** What decided about the candidates of each target; in its first decision alone. Absent before there were two targets. */
  readonly deciders?: Readonly<Partial<Record<TargetName, Decider>>>;
}

export type ArrangedWith = Pick<ListContext, 'rep' | 'away' | 'last'> & {
  /** What the list was made from. Absent in lists of before candidates had sources. */
  readonly from?: MadeFrom;
};

/** One answer about one record, with everything that computes it again. Times in ms. */
export interface Decision
  extends Omit<Assessment, 'subject'>,
    MadeWith,
    Pick<AssessInput, 'vector' | 'sources' | 'last' | 'pointsGrade'> {
  /** `d_` and 20 random characters. */
  readonly id: string;
  readonly subject: string;
  /** Subject id of the user who asked. */
  readonly user: string;
  readonly time: number;
  /** The log's offset that the state had folded. */
  readonly offset: number;
  readonly facts: RecordFacts;
  /** Null for an answer outside a list. */
  readonly placement: Placement | null;
}

export interface DecisionParts {
  id: string;
  user: string;
  time: number;
  offset: number;
  input: AssessInput;
  assessment: Assessment;
  made: MadeWith;
  placement?: Placement | null;
}

/** Puts a decision together; the id and the subject come first, for the journal's index reads them there. */
export function decisionOf({
  id,
  user,
  time,
  offset,
  input,
  assessment,
  made,
  placement = null,
}: DecisionParts): Decision {
  const { created, lastTouch, lastEvent, sources, last, pointsGrade = null } = input;
  const { subject, ...answer } = assessment;
  const facts = { created, lastTouch, lastEvent };
  return {
    id,
    subject,
    user,
    time,
    offset,
    ...answer,
    ...made,
    placement,
    facts,
    sources,
    last,
    ...(answer.level === 'L3' && pointsGrade !== null && { pointsGrade }),
    vector: portable(input.vector),
  };
}

/** What `assess` was given. */
export function inputOf({ subject, vector, facts, sources, last, pointsGrade }: Decision): AssessInput {
  return { subject, vector, ...facts, sources, last, ...(pointsGrade !== undefined && { pointsGrade }) };
}
