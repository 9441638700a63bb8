import { hash32 } from '../../base/index.ts';
import { catalogue, type SubjectId } from '../../events/index.ts';
import { createReplayRows, createVocabularies, sourceOf, type FeatureSpec, type TargetName } from '../../features/index.ts';
import type { EventColumns } from '../../log/index.ts';
import { groupRows, JOINING } from './groups.ts';
import { REASONS, type SamplePlan } from './plan.ts';
import { TARGETS } from './target.ts';
import { createSink, type SampleRows } from './sink.ts';
import { columnsByCode, flagsOf, tableOf, type EventTable } from './table.ts';
import { wordsOf, type Words } from './words.ts';

/** The samples of some records, with the values of the features that rest on their own events. */
export interface OwnSamples extends SampleRows {
  readonly names: readonly string[];
  /** The words of the codes of categorical features, by feature. */
  readonly words: readonly (Words | undefined)[];
  /** When each source first made something known, ms. */
  readonly firstKnown: ReadonlyMap<string, number>;
  /** Rows that were read. */
  readonly events: number;
}

/** Subjects that were joined with a record of another bucket: they are dealt with there. */
export interface Strangers {
  /** The rows of those who came. */
  readonly came: readonly EventColumns[];
  readonly went: ReadonlySet<string>;
}

export interface OwnWalk {
  readonly batches: Iterable<EventColumns>;
  /** Features of the target that read no other entity's row. */
  readonly features: readonly FeatureSpec[];
  readonly plan: SamplePlan;
  readonly strangers: Strangers;
}

const CODE = (type: string): number => catalogue.byName.get(type)!.code;
const SHOWN = CODE('impression.shown');
const AGE = REASONS.indexOf('age');
const WAS_SHOWN = REASONS.indexOf('shown');

/** Whose samples are taken, and what may have become one of them. */
const PREFIXES: Readonly<Record<TargetName, readonly [string, ...string[]]>> = { lead: ['ld_', 'vi_'], opportunity: ['op_'] };

/**
 * Replays records one by one: all that became known of a record, in that order, folded into a row that stays in the processor's
 * cache. A sample at t sees what was known at t; one of a decision that was shown sees what was known before it was.
 */
export function walkOwn({ batches, features, plan, strangers }: OwnWalk): OwnSamples {
  const { entity, outcome } = TARGETS[plan.target];
  const prefixes = PREFIXES[plan.target];
  const vocabularies = createVocabularies();
  const rows = createReplayRows(features, { vocabularies, target: entity });
  const own = rows.folds.of(entity);
  const visitor = rows.folds.of('visitor');
  const statuses = new Set([...catalogue.types].filter(({ name }) => name.startsWith(`${entity}.`) || JOINING.has(name)).map(({ code }) => code));
  const heard = (code: number): boolean => own.hears(code) || visitor.hears(code);
  const came = new Set(strangers.came);
  const table = tableOf(both(batches, strangers.came), {
    columns: rows.columns,
    vocabularies,
    until: plan.until,
    wanted: (code) => statuses.has(code) || code === SHOWN || heard(code),
    takes: (subject, batch) => prefixes.some((prefix) => subject.startsWith(prefix)) && (came.has(batch) || !strangers.went.has(subject)),
    sourceOf,
  });
  const { starts, order, count } = groupRows(table);
  const places = columnsByCode(rows.columns);
  const isTarget = table.names.map((name) => name.startsWith(prefixes[0]));
  const outcomeCode = CODE(outcome);
  const isOwn = flagsOf((code) => catalogue.byCode.get(code)!.name.startsWith(`${entity}.`));
  const fields = new Float64Array(rows.columns.names.length).fill(NaN);
  const ages = plan.ages.toSorted((a, b) => b - a);
  const columns = table.fields;
  const isStatus = flagsOf((code) => statuses.has(code));
  const isHeard = flagsOf(heard);
  const sink = createSink(features);

  for (let group = 0; group < count; group++) {
    const from = starts[group]!;
    const to = starts[group + 1]!;
    const outcomes = outcomesOf(table, order, { from, to, code: outcomeCode });
    const open = openings(ages);
    let last = -1;
    let lastNumber = -1;
    const numberOf = (subject: number): number => {
      if (subject !== last) lastNumber = rows.number(table.names[(last = subject)]!);
      return lastNumber;
    };
    const take = (subject: number, time: number, reason: number, offset = NaN): void => {
      const number = numberOf(subject);
      if (rows.became(number) !== number || rows.status(number) !== 'open') return;
      const label = time + plan.horizon > plan.until ? NaN : Number(outcomes.some((known) => known > time && known <= time + plan.horizon));
      const kept = label !== 0 || plan.negatives === 1 || chanceOf(table.names[subject]!, time, plan.seed) < plan.negatives;
      if (!kept) return;
      const at = sink.add({ subject, time, label, weight: label === 0 ? 1 / plan.negatives : 1, reason, offset });
      rows.vectorInto(number, time, sink.values(), at);
    };

    for (let i = from; i < to; i++) {
      const row = order[i]!;
      const subject = table.subjects[row]!;
      const known = table.knownAt[row]!;
      for (let due = open.next(known); due !== undefined; due = open.next(known)) take(due.subject, due.time, AGE);
      const code = table.codes[row]!;
      if (code === SHOWN && plan.shown === 'sampled' && isTarget[subject]) {
        const decision = table.decision(row);
        if (decision !== undefined && open.isNew(decision)) take(subject, known, WAS_SHOWN, table.offsets[row]);
      }
      const filled = places[code]!;
      for (let k = 0; k < filled.length; k++) fields[filled[k]!] = columns[filled[k]!]![row]!;
      if (isStatus[code] === 1) {
        if (isTarget[subject] && isOwn[code] === 1) open.begin(subject, known);
        const data = isOwn[code] === 1 ? NOTHING : table.wordData(row);
        const name = table.names[subject]! as SubjectId;
        rows.word(numberOf(subject), { type: catalogue.byCode.get(code)!.name, code, subject: name, time: table.times[row]!, data }, table.ties[row]!, fields);
      } else if (isHeard[code] === 1) rows.add(numberOf(subject), code, table.times[row]!, table.ties[row]!, fields);
      for (let k = 0; k < filled.length; k++) fields[filled[k]!] = NaN; // another type may not have the field
    }
    for (let due = open.next(plan.until + 1); due !== undefined; due = open.next(plan.until + 1)) take(due.subject, due.time, AGE);
    rows.clear();
  }
  const samples = sink.finish();
  return { ...samples, names: table.names, words: wordsOf(own, samples.columns), firstKnown: table.firstKnown, events: table.count };
}

function* both<T>(first: Iterable<T>, second: Iterable<T>): Generator<T> {
  yield* first;
  yield* second;
}

const NOTHING = {};

/** When outcomes became known, ms. */
function outcomesOf({ codes, knownAt }: EventTable, order: Int32Array, { from, to, code }: { from: number; to: number; code: number }): number[] {
  const known: number[] = [];
  for (let i = from; i < to; i++) if (codes[order[i]!] === code) known.push(knownAt[order[i]!]!);
  return known;
}

/** In [0, 1), the same for a sample wherever it is drawn. */
const chanceOf = (subject: string, time: number, seed: number): number => hash32(`${subject} ${time}`, seed) / 2 ** 32;

interface Due {
  readonly subject: number;
  readonly time: number;
}

/** The samples of a group that are due as time passes, and the decisions that it was shown in. Ages from the greatest. */
function openings(ages: readonly number[]) {
  const due: Due[] = [];
  const begun = new Set<number>();
  let decisions: Set<string> | undefined;
  return {
    /** A record is known from `time` on; only its first beginning counts. */
    begin(subject: number, time: number): void {
      if (begun.has(subject)) return;
      begun.add(subject);
      for (const age of ages) due.push({ subject, time: time + age });
      if (due.length > ages.length) due.sort((a, b) => b.time - a.time);
    },
    /** Takes the next one before `time`. */
    next: (time: number): Due | undefined => (due.length > 0 && due.at(-1)!.time < time ? due.pop() : undefined),
    isNew(decision: string): boolean {
      decisions ??= new Set();
      if (decisions.has(decision)) return false;
      decisions.add(decision);
      return true;
    },
  };
}
