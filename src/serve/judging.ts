import type { Decider, MadeWith } from '../audit/index.ts';
import type { SubjectId } from '../events/index.ts';
import { targetOf, type LeadRecord, type TargetName } from '../features/index.ts';
import type { ActionPolicy, Assessment, engine, Engine, LastScores, Policy, Rating } from '../rank/index.ts';
import { decidingOf, type Deciding, type Moment } from './moment.ts';
import { createReading, type Reading } from './reading.ts';
import type { Faults } from './stages.ts';

/** Where an experiment put a record. */
export type Assigned = Pick<MadeWith, 'experiment' | 'arm'>;

/** What a record is answered with. */
export interface Verdict extends Reading {
  readonly assigned: Assigned;
}

export interface JudgingParts {
  readonly engine: { readonly id: string; readonly code: Pick<typeof engine, 'assess' | 'rate'> };
  readonly policy: Policy;
  readonly actions?: (() => ActionPolicy) | undefined;
  readonly lastScores: LastScores;
  readonly faults: Faults;
  readonly assigned: (user: SubjectId, subject: string) => Assigned | null;
}

/** Asks the engine about single records. */
export interface Judging {
  /** What the engine is given of a record. */
  read(record: LeadRecord, moment: Moment): Reading;
  /** `user`: who is to see the answer; null where nobody is. */
  verdict(record: LeadRecord, moment: Moment, user: SubjectId | null): Verdict;
  /** What a list goes by. */
  rate(verdict: Verdict, moment: Moment): Rating;
  /** The whole answer: it is asked for what is shown. */
  assess(verdict: Verdict, moment: Moment): Assessment;
  /** With what an answer was made. */
  made(subject: string, verdict: Verdict, moment: Moment): MadeWith;
}

const NO_ARM: Assigned = { experiment: null, arm: null };

export function createJudging({ engine, policy, actions, lastScores, faults, assigned }: JudgingParts): Judging {
  const reading = createReading({ lastScores, faults });

  const read = (record: LeadRecord, moment: Moment): Reading => {
    const { model, columns, why } = decidingOf(record.subject, moment);
    const { now, deadline, tell } = moment;
    return reading(record, { now, deadline, width: columns.names.length, model, why, tell });
  };

  const engineOf = ({ input: { subject }, fault, lacks, assigned: { arm } }: Verdict, moment: Moment): Engine => {
    const { model, rules, columns } = decidingOf(subject, moment);
    return { model, rules, columns: columns.names, actions: actions?.(), grades: policy.grades, fault, lacks, arm };
  };

  return {
    read,
    verdict: (record, moment, user) => ({ ...read(record, moment), assigned: (user !== null && assigned(user, record.subject)) || NO_ARM }),
    rate: (verdict, moment) => engine.code.rate(verdict.input, moment.now, engineOf(verdict, moment)),
    assess: (verdict, moment) => engine.code.assess(verdict.input, moment.now, engineOf(verdict, moment)),
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
  const mixed = verdicts.some(({ assigned }) => assigned.arm !== arm) ? 'its records are in several arms' : null;
  return { fault: faults.find((fault) => fault !== undefined) ?? mixed, ...(arm !== null && { arm }) };
}
