import { catalogue, type SubjectId } from '../../events/index.ts';
import { containersOf, entityOf, membersOf, sourceOf, type Columns, type Entity } from '../../features/index.ts';
import type { EventColumns } from '../../log/index.ts';
import { flagsOf } from './flags.ts';
import { groupRows, type Groups } from './groups.ts';
import { outcomesOf } from './outcomes.ts';
import { createOutbox, type Address, type Post } from './outbox.ts';
import { createOpenings } from './openings.ts';
import { REASONS, type SamplePlan } from './plan.ts';
import type { Readings } from './readings.ts';
import { createSaidWords } from './said-words.ts';
import { createSampler } from './sampler.ts';
import { selectRows } from './selected.ts';
import type { SampleRows } from './sink.ts';
import { columnsByCode, tableOf, WORDS, type EventTable } from './table.ts';
import { TARGETS } from './target.ts';
import { tellContainers } from './tell.ts';
import type { Workspace } from './workspace.ts';

/** The samples of some records, with what their own events say, and what goes to those that they are linked to. */
export interface MemberSamples {
  readonly samples: SampleRows;
  /** Of the samples' subjects. */
  readonly names: readonly string[];
  /** The words of each field whose codes may stand in a column. */
  readonly words: ReadonlyMap<string, readonly string[]>;
  readonly post: readonly Post[];
  /** When each source first made something known, ms. */
  readonly firstKnown: ReadonlyMap<string, number>;
  /** Rows that were read. */
  readonly events: number;
}

export interface MemberWalkOptions {
  readonly readings: Readings;
  readonly plan: SamplePlan;
  /** In how many parts those are dealt with that records are linked to. */
  readonly parts: number;
  readonly rootOf: (subject: string) => number;
  readonly workspace: Workspace;
}

/** Walks some records; what it is compiled of is used again for the next ones. */
export interface MemberWalk {
  /** The columns that it reads of events. */
  readonly columns: Columns;
  walk(records: {
    /** By bucket. */
    readonly buckets: Iterable<{
      readonly batches: Iterable<EventColumns>;
      /** Whether a subject of these is not dealt with elsewhere. */
      readonly isHere: (subject: string) => boolean;
    }>;
  }): MemberSamples;
}

const SHOWN = catalogue.byName.get('impression.shown')!.code;
const AGE = REASONS.indexOf('age');
const WAS_SHOWN = REASONS.indexOf('shown');

/** A table under way. */
interface Walked {
  readonly table: EventTable;
  /** Of the subjects of the table: what they are, and 1 where they are folded here, told of elsewhere, or sampled. */
  readonly entities: readonly Entity[];
  readonly isMember: Uint8Array;
  readonly isForwarded: Uint8Array;
  readonly isTarget: Uint8Array;
  /** Of the group under way, by subject. */
  outcomes: (subject: number) => readonly number[];
  /** The subject that was asked for last, and its number in the rows of the group. */
  last: number;
  number: number;
}

/**
 * Replays records one by one: all that became known of a record, in that order, folded into a row that stays in the processor's
 * cache. A sample at t sees what was known at t; one of a decision that was shown sees what was known before it was. What it says
 * to the rows that it is linked to is told them by messages, and their values for its samples are asked for.
 */
export function createMemberWalk({ readings, plan, parts, rootOf, workspace }: MemberWalkOptions): MemberWalk {
  const said = createSaidWords();
  const { vocabularies } = said;
  const outbox = createOutbox(parts, rootOf);
  const { target, linked, specs } = readings;
  const tell = tellContainers(specs, { target, linked: new Set(linked.keys()), outbox, vocabularies });
  const { rows, forwarded } = tell;
  const members = membersAround(target, [...linked.keys()]);
  const heard = (code: number): boolean =>
    [...members, ...forwarded].some((entity) => rows.folds.of(entity).hears(code) || containersOf(entity).some((to) => linked.has(to) && rows.folds.of(to).hearsOf(entity, code)));
  const wanted = flagsOf((code) => WORDS[code] === 1 || code === SHOWN || heard(code));
  const isOwn = flagsOf((code) => catalogue.byCode.get(code)!.name.startsWith(`${target}.`));
  const outcomeCode = catalogue.byName.get(TARGETS[target].outcome)!.code;
  const typeOf = (code: number): string => catalogue.byCode.get(code)!.name;
  const filledBy = columnsByCode(rows.columns);
  const fields = new Float64Array(rows.columns.names.length).fill(NaN);
  const open = createOpenings(plan);
  const sampler = createSampler({ readings, plan, rows, outbox, workspace });

  const numberOf = (walked: Walked, subject: number): number => {
    if (subject !== walked.last) {
      walked.last = subject;
      walked.number = rows.number(walked.table.names[subject]!);
    }
    return walked.number;
  };
  const take = (walked: Walked, subject: number, time: number, reason: number, offset: number): void =>
    sampler.take(subject, numberOf(walked, subject), { time, outcomes: walked.outcomes(subject), reason, offset });
  const takeDue = (walked: Walked, before: number): void => {
    for (let due = open.next(before); due !== undefined; due = open.next(before)) take(walked, due.subject, due.time, AGE, NaN);
  };
  const addressOf = ({ table, entities }: Walked, subject: number): Address => outbox.to(table.names[subject]!, entities[subject]!);

  const walkRow = (walked: Walked, row: number): void => {
    const { table, entities, isMember, isForwarded, isTarget } = walked;
    const subject = table.subjects[row]!;
    const known = table.knownAt[row]!;
    const offset = table.offsets[row]!;
    const code = table.codes[row]!;
    takeDue(walked, known);
    if (code === SHOWN && plan.shown === 'sampled' && isTarget[subject] === 1) {
      const decision = table.decisions.get(row);
      if (decision !== undefined && open.isNew(decision)) take(walked, subject, known, WAS_SHOWN, offset);
    }
    outbox.at(known, offset);
    const time = table.times[row]!;
    const tie = table.ties[row]!;
    const filled = filledBy[code]!;
    const at = table.fieldsAt[row]!;
    for (let k = 0; k < filled.length; k++) fields[filled[k]!] = table.fields[at + k]!;
    if (WORDS[code] === 1) {
      if (isTarget[subject] === 1 && isOwn[code] === 1) open.begin(subject, table.names[subject]!, known);
      const data = table.words[row]!;
      if (isForwarded[subject] === 1) tell.word(addressOf(walked, subject), entities[subject]!, { code, time, tie, data }, fields);
      if (isMember[subject] === 1) rows.word(numberOf(walked, subject), { type: typeOf(code), code, subject: table.names[subject]! as SubjectId, time, data }, tie, fields);
    } else {
      if (isForwarded[subject] === 1) tell.add(addressOf(walked, subject), entities[subject]!, { code, time, tie }, fields);
      if (isMember[subject] === 1) rows.add(numberOf(walked, subject), code, time, tie, fields);
    }
    for (let k = 0; k < filled.length; k++) fields[filled[k]!] = NaN; // another type may not have the field
  };

  const walkGroup = (walked: Walked, from: number, to: number): void => {
    walked.outcomes = outcomesOf(walked.table, { from, to, code: outcomeCode });
    walked.last = -1;
    for (let row = from; row < to; row++) walkRow(walked, row);
    takeDue(walked, plan.until + 1);
    open.clear();
    rows.clear();
  };

  const walkTable = (table: EventTable, { starts, count }: Omit<Groups, 'order'>): void => {
    const entities = table.names.map((name) => entityOf(name)!);
    const flagsWhere = (test: (entity: Entity) => boolean): Uint8Array => Uint8Array.from(entities, (entity) => Number(test(entity)));
    const walked: Walked = {
      table,
      entities,
      isMember: flagsWhere((entity) => members.has(entity)),
      isForwarded: flagsWhere((entity) => forwarded.has(entity)),
      isTarget: flagsWhere((entity) => entity === target),
      outcomes: () => [],
      last: -1,
      number: -1,
    };
    sampler.begin(table.names);
    for (let group = 0; group < count; group++) walkGroup(walked, starts[group]!, starts[group + 1]!);
  };

  /** In a function of its own: while the events are walked, of the batches nothing is held any more. */
  const tableIn = (batches: Iterable<EventColumns>, isHere: (subject: string) => boolean): { table: EventTable; groups: Omit<Groups, 'order'>; firstKnown: ReadonlyMap<string, number> } => {
    const takes = (subject: string): boolean => {
      const entity = entityOf(subject);
      return entity !== undefined && (members.has(entity) || forwarded.has(entity)) && isHere(subject);
    };
    const selected = selectRows(batches, { until: plan.until, wanted, takes, sourceOf, workspace });
    const { order, ...groups } = groupRows(selected, workspace);
    return { table: tableOf(selected, { order, columns: rows.columns, filled: filledBy, vocabularies, workspace }), groups, firstKnown: selected.firstKnown };
  };

  return {
    columns: rows.columns,
    walk({ buckets }) {
      const firstKnown = new Map<string, number>();
      let events = 0;
      for (const { batches, isHere } of buckets) {
        const { table, groups, firstKnown: known } = tableIn(batches, isHere);
        for (const [source, time] of known) firstKnown.set(source, Math.min(time, firstKnown.get(source) ?? Infinity));
        events += table.count;
        walkTable(table, groups);
      }
      const { samples, names, order } = sampler.finish();
      return { samples, names, words: said.take(), post: outbox.finish(samples, order), firstKnown, events };
    },
  };
}

/** A target, the members of what it reads, and who may turn out to be one of them. */
function membersAround(target: Entity, linked: readonly Entity[]): ReadonlySet<Entity> {
  const members = new Set<Entity>([target, ...linked.flatMap((entity) => membersOf(entity))]);
  if (members.has('lead') || members.has('contact')) members.add('visitor');
  return members;
}
