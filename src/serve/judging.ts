import type { Decider, MadeWith } from '../audit/index.ts';
import type { SubjectId } from '../events/index.ts';
import { targetOf, type LeadRecord, type State, type TargetName } from '../features/index.ts';
import type { ActionPolicy, Assessment, AssessInput, engine, Engine, LastScore, LastScores, Policy, Rating } from '../rank/index.ts';
import { decidingOf, type Deciding, type Moment } from './moment.ts';
import { createReading, type Reading } from './reading.ts';
import type { Faults } from './stages.ts';

/** Where an experiment put a record. */
export type Assigned = Pick<MadeWith, 'experiment' | 'arm' | 'unit'>;

/** What a record is answered with. */
export interface Verdict extends Reading {
  readonly assigned: Assigned;
}

export interface Answer {
  /** That of the verdict; where the last score answers, with the reasons of that. */
  readonly input: AssessInput;
  readonly assessment: Assessment;
}

export interface JudgingParts {
  readonly engine: { readonly id: string; readonly code: Pick<typeof engine, 'assess' | 'assign' | 'rate'> };
  readonly policy: Policy;
  readonly actions?: (() => ActionPolicy) | undefined;
  readonly lastScores: Pick<LastScores, 'get' | 'recall' | 'pointsGrade'>;
  readonly faults: Faults;
  /** Instead of what the policy's experiment says, in tests. */
  readonly assigned: (user: SubjectId, subject: string) => Assigned | null;
  readonly state: Pick<State, 'user'>;
}

/** Asks the engine about single records. */
export interface Judging {
  /** What the engine is given of a record. */
  read(record: LeadRecord, moment: Moment): Reading;
  /** In which arm a record is; `asker`: who is to see the answer, null where nobody is. */
  armOf(record: LeadRecord, moment: Pick<Moment, 'now'>, asker: SubjectId | null): Assigned;
  /** `user`: who is to see the answer; null where nobody is. */
  verdict(record: LeadRecord, moment: Moment, user: SubjectId | null): Verdict;
  /** What a list goes by. */
  rate(verdict: Verdict, moment: Moment): Rating;
  /** The whole answer, with what it was made of: it is asked for what is shown. */
  assess(verdict: Verdict, moment: Moment): Answer;
  /** With what an answer was made. */
  made(subject: string, verdict: Verdict, moment: Moment): MadeWith;
}

const NO_ARM: Assigned = { experiment: null, arm: null };

export function createJudging({ engine, policy, actions, lastScores, faults, assigned, state }: JudgingParts): Judging {
  const reading = createReading({ lastScores, faults });

  const read = (record: LeadRecord, moment: Moment): Reading => {
    const { model, columns, why } = decidingOf(record.subject, moment);
    const { now, deadline, tell } = moment;
    return reading(record, { now, deadline, width: columns.names.length, model, why, tell });
  };

  const armOf = (record: LeadRecord, { now }: Pick<Moment, 'now'>, asker: SubjectId | null): Assigned =>
    (asker !== null && assigned(asker, record.subject)) ||
    (engine.code.assign(policy.experiment, record, { now, asker, user: (subject) => state.user(subject as SubjectId) }) ?? NO_ARM);

  const engineOf = ({ input: { subject }, fault, lacks, assigned: { arm } }: Verdict, moment: Moment): Engine => {
    const { model, rules, columns } = decidingOf(subject, moment);
    return { model, rules, columns: columns.names, actions: actions?.(), grades: policy.grades, fault, lacks, arm };
  };

  /** A last score answers without its reasons where these cannot be read. */
  const recalled = (subject: string, last: LastScore, { tell }: Moment): LastScore => {
    try {
      return lastScores.recall(subject, last);
    } catch (error) {
      tell(error);
      return last;
    }
  };

  return {
    read,
    armOf,
    verdict: (record, moment, user) => ({ ...read(record, moment), assigned: armOf(record, moment, user) }),
    rate: (verdict, moment) => engine.code.rate(verdict.input, moment.now, engineOf(verdict, moment)),
    assess(verdict, moment) {
      const { input } = verdict;
      const assessment = engine.code.assess(input, moment.now, engineOf(verdict, moment));
      if (assessment.level !== 'L2') return { input, assessment };
      const last = recalled(input.subject, input.last!, moment); // assessed with it, all but the reasons is the same
      return { input: { ...input, last }, assessment: { ...assessment, reasons: last.reasons } };
    },
    made: (subject: string, { fault, lacks, assigned: arm }: Verdict, moment: Moment): MadeWith => ({
      engine: engine.id,
      policy: policy.hash,
      ...arm,
      ...deciderOf(decidingOf(subject, moment)),
      fault,
      ...(Object.keys(lacks).length > 0 && { lacks }),
    }),
  };
}

function deciderOf({ model, rules, columns, why }: Deciding): Decider {
  return { bundle: model?.id ?? null, rules: rules.hash, columns: columns.id, fault: why };
}

/** What decided about the records of each target that were judged, those that were not shown too. */
export function decidersOf(judged: ReadonlyMap<string, Verdict>, moment: Moment): Partial<Record<TargetName, Decider>> {
  const byTarget = Map.groupBy(judged, ([subject]) => targetOf(subject) ?? 'lead');
  const named = [...byTarget.keys()].toSorted();
  return Object.fromEntries(named.map((target) => [target, { ...deciderOf(moment.of(target)), ...sharedOf(byTarget.get(target)!.map(([, verdict]) => verdict)) }]));
}

/** The arm of records, and why the model or another part was missing for one of them: a list with such a one is not derived again. */
function sharedOf(verdicts: readonly Verdict[]): Pick<Decider, 'fault' | 'arm'> {
  const { arm } = verdicts[0]!.assigned;
  const faults = verdicts.map(({ fault, lacks }) => fault ?? Object.values(lacks)[0]);
  const isDrawn = verdicts.every(({ assigned }) => assigned.unit !== undefined || assigned.arm === null); // then it is drawn again as well
  const mixed = !isDrawn && verdicts.some(({ assigned }) => assigned.arm !== arm) ? 'its records are in several arms' : null;
  return { fault: faults.find((fault) => fault !== undefined) ?? mixed, ...(arm !== null && { arm }) };
}
