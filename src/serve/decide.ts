import { hash32, randomId, type Clock } from '../base/index.ts';
import { decisionOf, type Decision, type Placement } from '../audit/index.ts';
import type { SubjectId } from '../events/index.ts';
import type { LeadRecord, State, TargetName, UserFacts } from '../features/index.ts';
import { barredBy, calendarOf, endedLately, fieldsOf, flagWords, listOf, policyFields, whatIf, whyLeftOut, type ActionPolicy, type Candidate, type Change, type engine, type LastScores, type ListItem, type Policy, type Rating, type RepFacts, type WhatIf, type Why, type WhyParts } from '../rank/index.ts';
import { createBooks, type Worth } from './books.ts';
import { createChanges, type Scoring } from './changes.ts';
import { createJudging, decidersOf, type Assigned, type Verdict } from './judging.ts';
import { decidingOf, momentOf, type ModelSource, type Moment, type TargetParts } from './moment.ts';
import type { LastLists } from './last-lists.ts';
import { leftOutBy, type LeftOut } from './left-out.ts';
import { createSelecting } from './selecting.ts';
import type { Faults } from './stages.ts';

export interface DecideParts {
  readonly clock: Clock;
  readonly state: State;
  /** The compiled engine that decides, and its hash. */
  readonly engine: { readonly id: string; readonly code: Pick<typeof engine, 'assess' | 'assign' | 'rate' | 'arrange' | 'dayOf' | 'explained' | 'ineligible' | 'select' | 'why'> };
  readonly models: ModelSource;
  readonly targets: Readonly<Record<TargetName, TargetParts>>;
  readonly policy: Policy;
  /** How the next best action is chosen now; that of the engine where it is not given. */
  readonly actions?: () => ActionPolicy;
  readonly lastScores: LastScores;
  readonly lastLists: LastLists;
  readonly journal: {
    /** Resolves when the decisions are durable. */
    append(decisions: readonly Decision[]): Promise<unknown>;
    /** A decision that was appended; undefined where it was erased. */
    find(id: string): Decision | undefined;
  };
  /** Which stages cannot be passed now; all can where it is not given. */
  readonly faults?: Faults;
  /** In which arm a user's record is, whatever the policy's experiment says; null, as where it is not given: as that has it. */
  readonly assigned?: (user: SubjectId, subject: string) => Assigned | null;
  /** How long a request may take, ms; a stage that would come too late is left out. */
  readonly within?: number;
  /** Told, once a request, of what could not be read. */
  readonly onFailure?: (error: unknown) => void;
}

export interface DecidedList {
  readonly list: string;
  readonly time: number;
  readonly decisions: readonly Decision[];
  /** What changed since the user's list of an hour ago or more, by subject. */
  readonly changed: ReadonlyMap<string, Change>;
  /** What was looked at, or was the user's until lately, and is not on the list. */
  readonly leftOut: readonly LeftOut[];
  /** What each source of candidates brought. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface Decide {
  /** A user's ranked list, journalled, as `reader` asks for it: the user, where it is not given. The next one is made from what its own user saw. */
  list(user: SubjectId, limit: number, reader?: SubjectId): Promise<DecidedList>;
  /** Single records as `user` asks for them, journalled, in the order given. */
  records(user: SubjectId, records: readonly LeadRecord[]): Promise<Decision[]>;
  /**
   * Why one of two records stands above the other on a user's list as it would be arranged now; nothing is journalled. `name`: how the
   * sentence names a record. Throws a Fault where one of them is not on that list.
   */
  why(user: SubjectId, pair: readonly [SubjectId, SubjectId], name: (subject: string) => string): Why;
  /**
   * What the model would say to `asker` of the record now with these changes (`feature:value`); null where no model may be asked, as in a
   * control arm.
   * Nothing is journalled: it is no decision. Throws a Fault for a change that cannot be.
   */
  whatIf(record: LeadRecord, wishes: readonly string[], asker: SubjectId): WhatIf | null;
  /** What stands out of a record, in words. */
  flagWords(flags: readonly string[]): string[];
  /** Why a record can be on no list now, for its owner's clocks; null where it can. */
  notListed(record: LeadRecord): { reason: string; sentence: string } | null;
  /** Puts into words, for a reader's clocks, why a record is not on a list. */
  whyNot(record: LeadRecord, reader: SubjectId): (reason: string) => string;
  /** Something happened to these records. */
  changed(subjects: Iterable<string>): void;
  /** Resolves when what is known of a user's book is not older than it may be. */
  settled(user: SubjectId): Promise<void>;
  /** Ends what goes on between requests. Idempotent. */
  stop(): Promise<void>;
}

const TEN_SECONDS = 10_000;

/** Decides through the engine and journals before it answers. */
export function createDecide(parts: DecideParts): Decide {
  const { clock, state, engine, models, targets, policy, actions, lastScores, lastLists, journal } = parts;
  const { faults = () => null, assigned = () => null, within = TEN_SECONDS, onFailure = () => {} } = parts;

  const fieldsIn = fieldsOf(policyFields(policy));
  const { read, verdict: verdictOf, armOf, rate, assess, made } = createJudging({ engine, policy, actions, lastScores, faults, assigned, state });
  const present = (): Moment => momentOf({ clock, models, targets, faults, within, onFailure });
  const changes = createChanges({ lists: lastLists, find: (id) => journal.find(id) });
  const books = createBooks({ clock, state, worth: (subject) => worth(subject) });
  const select = createSelecting({ state, code: engine.code, policy, books });

  /** What a list of a record alone would say of it; the reason where it would not be on that list. */
  const alone = (record: LeadRecord, moment: Moment): { reason: string } | { assessment: Rating; item: ListItem } => {
    const { subject, owner } = record;
    const verdict = verdictOf(record, moment, owner);
    const fields = fieldsIn(decidingOf(subject, moment).columns.names, verdict.input.vector);
    const barred = barredBy(fields, policy.flags);
    if (barred !== null) return { reason: barred };
    const assessment = rate(verdict, moment);
    const context = { now: moment.now, user: owner ?? subject, limit: 1, rep: repOf(owner === null ? undefined : state.user(owner)) };
    const { items: [item], leftOut: [withheld] } = engine.code.arrange([{ assessment, facts: record, fields }], context, policy, 0);
    return item === undefined ? { reason: withheld!.reason } : { assessment, item };
  };

  /** What a record's place in its owner's book goes by. */
  const worth = (subject: SubjectId): Worth | null => {
    const record = state.record(subject);
    const moment = present();
    if (record === undefined || engine.code.ineligible(record, moment.now, policy) !== null) return null;
    const found = alone(record, moment);
    if ('reason' in found) return null;
    const { assessment: { value: own, raw, score }, item: { priority: { total, value } } } = found;
    return { urgency: total / value, value: own?.amount === value ? value : null, raw: raw ?? -Infinity, score };
  };

  const wordsFor = (reader: SubjectId | null, now: number): Parameters<typeof whyLeftOut>[2] =>
    ({ now, zone: calendarOf(policy.calendars, repOf(reader === null ? undefined : state.user(reader))).zone, flags: policy.flags });

  /** Why a record is on nobody's list. */
  const notListed: Decide['notListed'] = (record) => {
    const moment = present();
    const { now } = moment;
    const { owner, territories } = record;
    const told = (reason: string): { reason: string; sentence: string } => ({ reason, sentence: whyLeftOut(reason, record, wordsFor(owner, now)) });
    const reason = engine.code.ineligible(record, now, policy);
    if (reason !== null) return told(reason);
    if (owner === null && territories.length === 0) return { reason: 'unassigned', sentence: 'nobody owns it, and it is in no territory' };
    if (owner !== null && listOf({ user: (subject) => state.user(subject as SubjectId) }, owner) === null) {
      const isAlone = (state.user(owner)?.manager ?? null) === null;
      return { reason: 'orphaned', sentence: `its owner has left, and ${isAlone ? 'whom they reported to is not known' : 'so has everybody whom they reported to'}` };
    }
    const found = alone(record, moment);
    return 'reason' in found ? told(found.reason) : null;
  };

  const commit = async (decisions: readonly Decision[]): Promise<void> => {
    await journal.append(decisions);
    for (const { subject, time, score, grade, probability, bundle, reasons, level, lacks, pointsGrade } of decisions) {
      if (bundle !== null && (level === 'L0' || level === 'L1')) {
        lastScores.put(subject, { time, score, grade, probability, bundle, reasons });
      } else if (level === 'L3' && lacks?.features === undefined && grade !== pointsGrade) lastScores.keepPointsGrade(subject, grade);
    }
  };

  /** What a user's list is arranged from. */
  const gather = (user: SubjectId, moment: Moment) => {
    const { now } = moment;
    const rep = repOf(state.user(user));
    const seed = hash32(user, engine.code.dayOf(policy, { rep, now }));
    const judged = new Map<string, Verdict>();
    const { away, ...selected } = select({ user, now, seed }, (facts) => {
      const verdict = verdictOf(facts, moment, user);
      judged.set(facts.subject, verdict);
      return { assessment: rate(verdict, moment), fields: fieldsIn(decidingOf(facts.subject, moment).columns.names, verdict.input.vector) };
    });
    return { ...selected, judged, seed, arrangedWith: { rep, away, last: lastLists.ranked(user) } };
  };

  return {
    async list(user, limit, reader = user) {
      const moment = present();
      const { now } = moment;
      const { candidates, leftOut: before, counts, from, judged, seed, arrangedWith } = gather(user, moment);
      const { list, digest, items, leftOut: after, memory } = engine.code.arrange(candidates, { now, user, limit, ...arrangedWith }, policy, seed);
      const brought = new Map(candidates.map((candidate) => [candidate.assessment.subject, candidate]));
      const ids = items.map(() => randomId('d_'));
      const decisions = items.map(({ subject, position, adjustments, priority, reasons, propensity }, at) => {
        const verdict = judged.get(subject)!;
        return decisionOf({
          id: ids[at]!,
          user,
          time: now,
          offset: state.offset(),
          ...assess(verdict, moment),
          made: made(subject, verdict, moment),
          placement: {
            list,
            listDigest: digest,
            position,
            adjustments,
            limit,
            seed,
            priority,
            reasons,
            propensity,
            ...broughtBy(brought.get(subject)!),
            head: ids[0]!,
            ...(at === 0 ? { context: { ...arrangedWith, from }, deciders: decidersOf(judged, moment) } : {}),
          },
        });
      });
      await commit(decisions);
      const modelOf = (subject: string): Scoring | null => {
        const { model, columns, why } = decidingOf(subject, moment);
        return model === null || why !== null ? null : { model, columns };
      };
      const changed = changes.of(user, decisions, modelOf);
      if (reader === user) {
        lastLists.keepRanked(user, memory);
        changes.keep(user, decisions);
      }
      const leftOut = leftOutBy([...before, ...after], endedLately(state, { user, rep: arrangedWith.rep, now }, policy));
      return { list, time: now, decisions, changed, leftOut, counts };
    },

    async records(user, records) {
      const moment = present();
      const decisions = records.map((record) => {
        const verdict = verdictOf(record, moment, user);
        return decisionOf({
          id: randomId('d_'),
          user,
          time: moment.now,
          offset: state.offset(),
          ...assess(verdict, moment),
          made: made(record.subject, verdict, moment),
        });
      });
      await commit(decisions);
      return decisions;
    },

    why(user, pair, name) {
      const moment = present();
      const { now } = moment;
      const { candidates, leftOut, judged, seed, arrangedWith } = gather(user, moment);
      const context = { now, user, limit: pair.length, ...arrangedWith };
      const absent: WhyParts['absent'] = (subject, withheld) => {
        const record = state.record(subject as SubjectId)!;
        const reason = withheld ?? leftOut.find((one) => one.subject === subject)?.reason;
        return reason === undefined ? (notListed(record)?.sentence ?? null) : whyLeftOut(reason, record, wordsFor(user, now));
      };
      const effects: WhyParts['effects'] = (subject) => {
        const { model, rules, columns } = decidingOf(subject, moment);
        const { input, fault, lacks, assigned: arm } = judged.get(subject)!;
        return engine.code.explained(input, now, { model, rules, columns: columns.names, fault, lacks, arm: arm.arm });
      };
      return engine.code.why(pair, { candidates, context, policy, seed, effects, name, absent });
    },

    whatIf(record, wishes, asker) {
      const moment = present();
      const { model, columns } = decidingOf(record.subject, moment);
      const { input, fault, lacks } = read(record, moment);
      const isSilent = model === null || fault !== null || lacks.features !== undefined || armOf(record, moment, asker).arm === 'control';
      return isSilent ? null : whatIf(model, columns.names, input.vector, wishes, policy.changeable);
    },

    flagWords: (flags) => flags.map((flag) => flagWords(flag, policy.flags)),

    notListed,

    whyNot(record, reader) {
      const options = wordsFor(reader, present().now);
      return (reason) => whyLeftOut(reason, record, options);
    },

    changed: (subjects) => books.changed(subjects),
    async settled(user) {
      await books.survey(user);
      await books.settled();
    },
    stop: () => books.stop(),
  };
}

function broughtBy({ sources, drawn, flags }: Candidate): Pick<Placement, 'broughtBy' | 'drawn' | 'flags'> {
  return { ...(sources && { broughtBy: sources }), ...(drawn !== undefined && { drawn }), ...(flags && { flags }) };
}

function repOf(user: UserFacts | undefined): RepFacts {
  return { zone: user?.timeZone ?? null, team: user?.team ?? null, awayUntil: user?.awayUntil ?? null };
}
