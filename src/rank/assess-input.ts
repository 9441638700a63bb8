import type { RuleSet } from '../rules/index.ts';
import type { Value } from '../trees/index.ts';
import type { ActionPolicy } from './act/index.ts';
import type { Grade, RecordFacts, SourceAge } from './assessment.ts';
import type { Lacks } from './lacks.ts';
import type { LastScore } from './last.ts';
import type { LoadedModel } from './model.ts';
import type { GradeSpec } from './policy/grades.ts';

export interface AssessInput extends RecordFacts {
  readonly subject: string;
  /** One value a column of the engine. */
  readonly vector: readonly Value[];
  readonly sources: readonly SourceAge[];
  readonly last: LastScore | null;
  /** The grade that rules gave it last, by which theirs holds. Absent: none, and in decisions of before the seventeenth engine. */
  readonly pointsGrade?: Grade | null;
}

/** What `assess` decides with, beside the record. */
export interface Engine {
  readonly model: LoadedModel | null;
  readonly rules: RuleSet;
  /** Names the entries of every vector. */
  readonly columns: readonly string[];
  /** How the next best action is chosen; the one that comes with leadrank where it is not given. */
  readonly actions?: ActionPolicy | undefined;
  /** Among which records and from which percentile which grade is given; as leadrank comes where it is not given. */
  readonly grades?: GradeSpec | undefined;
  /** Why the model may not be asked although it is there, e.g. a deadline; in plain words. */
  readonly fault?: string | null;
  /** What could not be had for this record; absent: everything could. */
  readonly lacks?: Lacks | undefined;
  /** The arm of an experiment that the record is in: in `control` the rules answer although the model is there. */
  readonly arm?: string | null;
}
