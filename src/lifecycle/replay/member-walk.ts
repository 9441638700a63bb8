import { hash32 } from '../../base/index.ts';
import { catalogue, type SubjectId } from '../../events/index.ts';
import { containersOf, entityOf, LINKS, membersOf, sourceOf, type Columns, type Entity } from '../../features/index.ts';
import type { EventColumns } from '../../log/index.ts';
import { groupRows, type Groups } from './groups.ts';
import { outcomesOf } from './outcomes.ts';
import { createOutbox, type Address, type Post } from './outbox.ts';
import { openings } from './openings.ts';
import { REASONS, type SamplePlan } from './plan.ts';
import type { Readings } from './readings.ts';
import { createSaidWords } from './said-words.ts';
import { selectRows } from './selected.ts';
import { createSink, type SampleRows, type SampleSink } from './sink.ts';
import { columnsByCode, flagsOf, tableOf, WORDS, type EventTable } from './table.ts';
import { TARGETS } from './target.ts';
import { tellContainers } from './tell.ts';

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
  readonly rootOf: (subject: string) => string;
}

/** Walks some records; what it is compiled of is used again for the next ones. */
export interface MemberWalk {
  /** The columns that it reads of events. */
  readonly columns: Columns;
  walk(records: {
    /** By bucket. */
    readonly buckets: Iterable<{
      readonly batches: Iterable<EventColumns>;
      /** Subjects of these that are dealt with elsewhere. */
      readonly went: ReadonlySet<string>;
    }>;
  }): MemberSamples;
}

const SHOWN = catalogue.byName.get('impression.shown')!.code;
const AGE = REASONS.indexOf('age');
const WAS_SHOWN = REASONS.indexOf('shown');

/**
 * Replays records one by one: all that became known of a record, in that order, folded into a row that stays in the processor's
 * cache. A sample at t sees what was known at t; one of a decision that was shown sees what was known before it was. What it says
 * to the rows that it is linked to is told them by messages, and their values for its samples are asked for.
 */
export function createMemberWalk({ readings, plan, parts, rootOf }: MemberWalkOptions): MemberWalk {
  const said = createSaidWords();
  const { vocabularies } = said;
  const outbox = createOutbox(parts, rootOf);
  const { target, linked, own, specs } = readings;
  const tell = tellContainers(specs, { target, linked: new Set(linked.keys()), outbox, vocabularies });
  const { rows, forwarded } = tell;
  const members = membersAround(target, [...linked.keys()]);
  const heard = (code: number): boolean =>
    [...members, ...forwarded].some((entity) => rows.folds.of(entity).hears(code) || containersOf(entity).some((to) => linked.has(to) && rows.folds.of(to).hearsOf(entity, code)));
  const wanted = flagsOf((code) => WORDS[code] === 1 || code === SHOWN || heard(code));
  const isOwn = flagsOf((code) => catalogue.byCode.get(code)!.name.startsWith(`${target}.`));
  const outcomeCode = catalogue.byName.get(TARGETS[target].outcome)!.code;
  const typeOf = (code: number): string => catalogue.byCode.get(code)!.name;
  const places = columnsByCode(rows.columns);
  const fields = new Float64Array(rows.columns.names.length).fill(NaN);
  const ages = plan.ages.toSorted((a, b) => b - a);
  const values = new Float64Array(own.length);
  const askedOf = LINKS[target].map((to) => linked.has(to));

  const walkTable = (table: EventTable, { starts, count }: Groups, { sink, names }: { sink: SampleSink; names: string[] }): void => {
    const entities = table.names.map((name) => entityOf(name));
    const isMember = Uint8Array.from(entities, (entity) => Number(members.has(entity!)));
    const isForwarded = Uint8Array.from(entities, (entity) => Number(forwarded.has(entity!)));
    const isTarget = Uint8Array.from(entities, (entity) => Number(entity === target));
    const nameOf = new Int32Array(table.names.length).fill(-1);
    const addresses: (Address | undefined)[] = [];
    const addressOf = (subject: number): Address => (addresses[subject] ??= outbox.to(table.names[subject]!, entities[subject]!));

    for (let group = 0; group < count; group++) {
      const from = starts[group]!;
      const to = starts[group + 1]!;
      const outcomes = outcomesOf(table, { from, to, code: outcomeCode });
      const open = openings(ages);
      let last = -1;
      let lastNumber = -1;
      const numberOf = (subject: number): number => {
        if (subject !== last) lastNumber = rows.number(table.names[(last = subject)]!);
        return lastNumber;
      };
      let links: readonly (SubjectId | null)[] | undefined;
      let asked: readonly (Address | undefined)[] = [];
      const ask = (subject: number, number: number, sample: number): void => {
        if (linked.has(target)) outbox.ask(addressOf(subject), sample);
        const now = rows.linksOf(number);
        if (now !== links) asked = (links = now).map((link, i) => (link === null || !askedOf[i] ? undefined : outbox.to(link, LINKS[target][i]!)));
        for (const address of asked) if (address !== undefined) outbox.ask(address, sample);
      };
      const take = (subject: number, time: number, reason: number, offset = NaN): void => {
        const number = numberOf(subject);
        if (rows.became(number) !== number || rows.status(number) !== 'open') return;
        const label = time + plan.horizon > plan.until ? NaN : Number(outcomes(subject).some((known) => known > time && known <= time + plan.horizon));
        const kept = label !== 0 || plan.negatives === 1 || chanceOf(table.names[subject]!, time, plan.seed) < plan.negatives;
        if (!kept) return;
        if (nameOf[subject] === -1) nameOf[subject] = names.push(table.names[subject]!) - 1;
        rows.readOwn(number, own, time, values, 0);
        const sample = sink.add({ subject: nameOf[subject]!, time, label, weight: label === 0 ? 1 / plan.negatives : 1, reason, offset }, values);
        ask(subject, number, sample);
      };

      for (let row = from; row < to; row++) {
        const subject = table.subjects[row]!;
        const known = table.knownAt[row]!;
        for (let due = open.next(known); due !== undefined; due = open.next(known)) take(due.subject, due.time, AGE);
        const code = table.codes[row]!;
        if (code === SHOWN && plan.shown === 'sampled' && isTarget[subject] === 1) {
          const decision = table.decisions.get(row);
          if (decision !== undefined && open.isNew(decision)) take(subject, known, WAS_SHOWN, table.offsets[row]);
        }
        outbox.at(known, table.offsets[row]!);
        const time = table.times[row]!;
        const tie = table.ties[row]!;
        const filled = places[code]!;
        const at = table.fieldsAt[row]!;
        for (let k = 0; k < filled.length; k++) fields[filled[k]!] = table.fields[at + k]!;
        if (WORDS[code] === 1) {
          if (isTarget[subject] === 1 && isOwn[code] === 1) open.begin(subject, known);
          const data = table.words[row]!;
          if (isForwarded[subject] === 1) tell.word(addressOf(subject), entities[subject]!, { code, time, tie, data }, fields);
          if (isMember[subject] === 1) {
            rows.word(numberOf(subject), { type: typeOf(code), code, subject: table.names[subject]! as SubjectId, time, data }, tie, fields);
          }
        } else {
          if (isForwarded[subject] === 1) tell.add(addressOf(subject), entities[subject]!, { code, time, tie }, fields);
          if (isMember[subject] === 1) rows.add(numberOf(subject), code, time, tie, fields);
        }
        for (let k = 0; k < filled.length; k++) fields[filled[k]!] = NaN; // another type may not have the field
      }
      for (let due = open.next(plan.until + 1); due !== undefined; due = open.next(plan.until + 1)) take(due.subject, due.time, AGE);
      rows.clear();
    }
  };

  return {
    columns: rows.columns,
    walk({ buckets }) {
      const sink = createSink(readings);
      const names: string[] = [];
      const firstKnown = new Map<string, number>();
      let events = 0;
      for (const { batches, went } of buckets) {
        const selected = selectRows(batches, {
          until: plan.until,
          wanted,
          takes: (subject) => {
            const entity = entityOf(subject);
            return entity !== undefined && (members.has(entity) || forwarded.has(entity)) && !went.has(subject);
          },
          sourceOf,
        });
        for (const [source, known] of selected.firstKnown) firstKnown.set(source, Math.min(known, firstKnown.get(source) ?? Infinity));
        events += selected.count;
        const groups = groupRows(selected);
        walkTable(tableOf(selected, { order: groups.order, columns: rows.columns, vocabularies }), groups, { sink, names });
      }
      const { rows: samples, order } = sink.finish(names);
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

/** In [0, 1), the same for a sample wherever it is drawn. */
const chanceOf = (subject: string, time: number, seed: number): number => hash32(`${subject} ${time}`, seed) / 2 ** 32;
