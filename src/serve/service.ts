import { DAY, Fault, HOUR, quote, type Clock } from '../base/index.ts';
import type { Decision, Entry, Replay, Replayer } from '../audit/index.ts';
import { serviceEvent, type Event, type IdentityMap, type SubjectId } from '../events/index.ts';
import { NOWHERE, TARGETS, targetOf, type LeadRecord, type State, type TargetName } from '../features/index.ts';
import type { Log } from '../log/index.ts';
import type { LastScores } from '../rank/index.ts';
import { adoptionOf } from './adoption.ts';
import type { Caller } from './auth.ts';
import type { Decide } from './decide.ts';
import { presentDispute } from './disputes.ts';
import { readFeedback } from './feedback.ts';
import type { Take } from './intake.ts';
import { presentLeftOut } from './left-out.ts';
import type { Metrics } from './metrics.ts';
import type { ModelSource } from './moment.ts';
import { presentAction, presentChange, presentData, presentItem, presentLevel, presentLevels, presentModel, presentSources, presentTrend, presentWhatIf, presentWhy } from './present.ts';
import type { FeedbackRequest, FeedbackTaken, Insight, Scores, WhyAnswer, Worklist } from './schema.ts';
import type { Adoption, Disputes } from './schema-monitor.ts';
import type { Visibility } from './visibility.ts';

/** What the service can do, whoever asks by whichever transport. */
export interface Service {
  worklist(caller: Caller, request: { user: string; limit: number; leftOut?: 'records' | undefined }): Promise<Worklist>;
  /** `whatIf`: changes as `feature:value`, answered beside the record as it stands. */
  insight(caller: Caller, record: string, whatIf?: readonly string[]): Promise<Insight>;
  score(caller: Caller, records: readonly string[]): Promise<Scores>;
  /** Why one of two records stands above the other, on the list of the caller, or, where the caller has none, of the record's owner. */
  why(caller: Caller, pair: { record: string; over: string }): Promise<WhyAnswer>;
  feedback(caller: Caller, feedback: FeedbackRequest): Promise<FeedbackTaken>;
  take: Take;
  /** How lists are used, by week and team: a manager's own, or all. */
  adoption(caller: Caller): Promise<Adoption>;
  /** Disputed reasons since a moment, ms; of the last 30 days where none is given. */
  disputes(since?: number): Promise<Disputes>;
  /** The receipt of a decision. Throws a Fault of kind `gone` where it was erased. */
  receipt(caller: Caller, decision: string): Promise<Entry>;
  /** The decision computed again, and where it differs. */
  replay(caller: Caller, decision: string): Promise<Replay>;
  readiness(): Readiness;
  /** Brings the gauges up to date. */
  observe(): void;
}

export interface Readiness {
  ready: boolean;
  /** The bundle that decides, by target. */
  models: Record<TargetName, string | null>;
  folded: number;
  logEnd: number;
}

/** More disputes than this are not told at once. */
const MOST_DISPUTES = 500;

/** A node is ready while it is at most this many events behind. */
const READY_LAG = 10_000;

export interface ServiceParts {
  clock: Clock;
  identities: IdentityMap;
  log: Log;
  state: State;
  models: ModelSource;
  decide: Decide;
  lastScores: LastScores;
  visibility: Visibility;
  take: Take;
  metrics: Metrics;
  /** Resolves when the state has folded the event at this offset. */
  folded(offset: number): Promise<void>;
  decisions: {
    /** Throws a Fault: `missing`, or `gone` with the receipt of the erasure. */
    find(id: string): Entry;
    replay: Replayer['replay'];
    explain: Replayer['explain'];
    explainValue: Replayer['explainValue'];
    explainUrgency: Replayer['explainUrgency'];
  };
}

export function createService(parts: ServiceParts): Service {
  const { clock, identities, log, state, models, decide, lastScores, visibility, take, metrics, folded, decisions } = parts;
  const impressions = recentlySeen();

  /** What an answer rests on: taken before it is made, so that it is never told to be of a model that came meanwhile. */
  const context = (target: TargetName = 'lead'): ((time: number) => { generatedAt: string; model: Worklist['model']; data: Worklist['data'] }) => {
    const current = models.current(target);
    const [offset, asOf] = [state.offset(), state.asOf()];
    return (time) => ({
      generatedAt: new Date(time).toISOString(),
      model: presentModel(current?.model.id ?? null, current?.trainedAt ?? 0),
      data: presentData(offset, asOf, time),
    });
  };

  /** The records that the caller may see, by id. */
  const visibleRecords = (caller: Caller): ((id: string) => LeadRecord | undefined) => {
    const isVisible = visibility.records(caller);
    return (id) => {
      const subject = identities.find('lead', id) ?? identities.find('opportunity', id);
      const record = subject === undefined ? undefined : state.record(subject);
      return record !== undefined && isVisible(record) ? record : undefined;
    };
  };

  /** The theme of a feature of any record. */
  const themeOf = (feature: string): string | undefined => state.features.find(({ name }) => name === feature)?.theme;

  const asker = (caller: Caller): SubjectId => identities.subjectOf('user', caller.user);
  const count = (made: readonly Decision[]): void => {
    for (const { level } of made) metrics.decisions.inc({ level });
  };

  const shown = (user: SubjectId, made: readonly Decision[], now: number): Event[] =>
    made
      .filter(({ subject, placement }) => impressions.add(`${user} ${subject} ${placement!.position}`, Math.floor(now / HOUR)))
      .map(({ id, subject, placement }) =>
        serviceEvent({
          type: 'impression.shown',
          subject: subject as SubjectId,
          time: now,
          data: { user, decision: id, position: placement!.position, list: placement!.list },
        }),
      );

  const nameLeftOut = (reader: SubjectId) => (subject: string, reason: string): { record: string; sentence: string }[] => {
    const [id, record] = [identities.externalOf(subject as SubjectId), state.record(subject as SubjectId)];
    return id === undefined || record === undefined ? [] : [{ record: id, sentence: decide.whyNot(record, reader)(reason) }];
  };

  return {
    take,

    async worklist(caller, { user, limit, leftOut: wanted }) {
      const subject = visibility.user(caller, user);
      const about = context();
      const { list, time, decisions: made, changed, leftOut } = await decide.list(subject, limit, asker(caller));
      count(made);
      if (caller.user === user) {
        const events = shown(subject, made, time);
        if (events.length > 0) await log.append(events);
      }
      return {
        user,
        list,
        ...about(time),
        ...presentLevel(made, time),
        levels: presentLevels(made),
        items: made.flatMap((decision) => {
          const record = identities.externalOf(decision.subject as SubjectId);
          return record === undefined ? [] : [{ ...presentItem(decision, record, lastScores.trend(decision.subject)), ...presentChange(changed.get(decision.subject)), position: decision.placement!.position, flags: decide.flagWords(decision.placement!.flags ?? []) }];
        }),
        leftOut: presentLeftOut(leftOut, { flag: (reason) => decide.flagWords([reason])[0]!, ...(wanted === undefined ? {} : { name: nameLeftOut(subject) }) }),
      };
    },

    async insight(caller, id, whatIf = []) {
      const record = visibleRecords(caller)(id);
      if (record === undefined) throw unseen(id);
      if (record.objected) throw objection(id);
      const changed = whatIf.length === 0 ? {} : { whatIf: presentWhatIf(decide.whatIf(record, whatIf, asker(caller))) };
      const about = context(targetOf(record.subject));
      const [decision] = await decide.records(asker(caller), [record]);
      count([decision!]);
      const trend = lastScores.recallTrend(record.subject);
      return {
        ...presentItem(decision!, id, trend),
        ...about(decision!.time),
        levelReason: decision!.levelReason,
        action: presentAction(decision!),
        sources: presentSources(decision!),
        trend: presentTrend(decision!, trend),
        notListed: decide.notListed(record),
        ...changed,
      };
    },

    async score(caller, ids) {
      const visible = visibleRecords(caller);
      const found = ids.map((id) => ({ id, record: scorable(visible(id)) }));
      const known = found.flatMap(({ id, record }) => (record === undefined ? [] : [{ id, record }]));
      const about = context();
      const made = await decide.records(asker(caller), known.map(({ record }) => record));
      count(made);
      return {
        ...about(clock()),
        scores: made.map((decision, at) => presentItem(decision, known[at]!.id, lastScores.trend(decision.subject))),
        unknown: found.filter(({ record }) => record === undefined).map(({ id }) => id),
      };
    },

    async why(caller, { record: id, over }) {
      const [record, other] = [id, over].map(visibleRecords(caller));
      if (record === undefined || other === undefined) throw unseen(record === undefined ? id : over);
      const user = caller.role === 'rep' ? asker(caller) : (record.owner ?? asker(caller));
      const name = (subject: string): string => (subject === record.subject ? id : over);
      return presentWhy(decide.why(user, [record.subject, other.subject], name), name, new Date(clock()).toISOString());
    },

    async feedback(caller, given) {
      const { decision: id, action } = given;
      const { decision } = decisions.find(id);
      const record = state.record(decision.subject as SubjectId);
      if (record === undefined || !visibility.records(caller)(record)) throw unseen(id);
      const event = serviceEvent({
        type: 'feedback.given',
        subject: decision.subject as SubjectId,
        time: clock(),
        data: { user: asker(caller), ...readFeedback(given, decision, { now: clock(), themeOf }) },
      });
      const [offset] = await log.append([event]);
      await folded(offset!);
      metrics.feedback.inc({ action });
      return { event: event.id, offset: offset! };
    },

    async adoption(caller) {
      const self = identities.find('user', caller.user);
      const own = caller.role === 'manager' ? (self === undefined ? [] : [self]) : undefined;
      const unassigned = caller.role === 'manager' ? 0 : state.lane('heat', NOWHERE, { limit: 1_000 }).length;
      return { generatedAt: new Date(clock()).toISOString(), weeks: adoptionOf(state, identities, own), unassigned };
    },

    async disputes(since = clock() - 30 * DAY) {
      const behind = { ...decisions, identities, features: state.features };
      const told = await Promise.all(state.disputes(since).slice(0, MOST_DISPUTES).map((dispute) => presentDispute(dispute, behind)));
      return { disputes: told.filter((one) => one !== null) };
    },

    async receipt(caller, id) {
      const entry = decisions.find(id);
      const own = identities.find('user', caller.user) === entry.decision.user;
      if (!own && !['auditor', 'ops'].includes(caller.role)) throw unseen(id);
      return entry;
    },

    async replay(_caller, id) {
      return decisions.replay(decisions.find(id).decision);
    },

    readiness() {
      const [behind, logEnd] = [state.offset(), log.end()];
      return { ready: logEnd - behind <= READY_LAG, models: bundlesOf(models), folded: behind, logEnd };
    },

    observe() {
      const { folded: offset, logEnd, models: deciding } = this.readiness();
      metrics.logEnd.set(logEnd);
      metrics.folded.set(offset);
      metrics.dataAge.set((clock() - (state.asOf() ?? clock())) / 1000);
      metrics.late.reset();
      metrics.stale.reset();
      for (const { source, stale } of state.sources(clock())) {
        metrics.late.set({ source }, 0);
        metrics.stale.set({ source }, Number(stale));
      }
      for (const [source, late] of Object.entries(state.lateBySource())) metrics.late.set({ source }, late);
      metrics.model.reset();
      for (const target of TARGETS) if (deciding[target] !== null) metrics.model.set({ bundle: deciding[target], target }, 1);
    },
  };
}

function bundlesOf(models: ModelSource): Record<TargetName, string | null> {
  return Object.fromEntries(TARGETS.map((target) => [target, models.current(target)?.model.id ?? null])) as Record<TargetName, string | null>;
}

/** Unknown and not visible get the same answer: the difference would tell what exists. */
function unseen(id: string): Fault {
  return new Fault({ kind: 'missing', value: quote(id), rule: 'is not known here, or not yours to see', remedy: 'check the id and the user' });
}

/** Nothing is scored of who asked not to be profiled. */
const scorable = (record: LeadRecord | undefined): LeadRecord | undefined => (record?.objected === true ? undefined : record);

const objection = (id: string): Fault =>
  new Fault({ kind: 'conflict', value: quote(id), rule: 'asked not to be profiled: nothing is scored', remedy: 'work it without a score' });

/** Remembers keys for the hour that they fall in, so that a page that refreshes counts as one impression. */
function recentlySeen(): { add(key: string, hour: number): boolean } {
  let current = -1;
  const keys = new Set<string>();
  return {
    add(key, hour) {
      if (hour !== current) keys.clear();
      current = hour;
      if (keys.has(key)) return false;
      keys.add(key);
      return true;
    },
  };
}
