import { setImmediate } from 'node:timers/promises';
import type { LoggedEvent, SubjectId } from '../events/index.ts';
import { columnNames, openScratchState, TARGETS, targetOf, type FeatureSpec, type LeadRecord, type State, type TargetName } from '../features/index.ts';
import type { Log } from '../log/index.ts';
import type { Value } from '../trees/index.ts';
import { fieldsOf, policyFields, portable, readerOf, type Candidate } from '../rank/index.ts';
import type { Decider, Decision, Placement } from './decision.ts';
import { differencesOf, type Difference } from './difference.ts';
import { bookIn } from './made-from.ts';
import type { Recall, Recalled } from './recall.ts';

export interface LogSource {
  log: Pick<Log, 'read'>;
  /** The features that the node folds; those that the decision did not rest on are left aside. */
  features: readonly FeatureSpec[];
  /** Another decision of the journal; undefined where it was erased or is not at hand. */
  find?: (id: string) => Decision | undefined;
  /** An empty folder for the rows of all records; without it they are held in memory. */
  scratch?: string | undefined;
  /** Told how many events were folded, and how many are to be. */
  onProgress?: (done: number, all: number) => void;
  signal?: AbortSignal;
}

const BATCH = 5_000;

/** What the log at a decision's offset says of its inputs. */
export interface LogReplay {
  readonly decision: string;
  readonly same: boolean;
  /** Among `record`, `vector`, `facts`, `sources`, `listDigest`, `placeReasons`. */
  readonly differences: readonly Difference[];
  /** False where the list cannot be derived: no list, or last scores had a part in it, which the log does not hold. */
  readonly listChecked: boolean;
}

/**
 * Folds the log up to a decision's offset and derives its inputs, and the digest of its whole list, once more. Where a
 * record was erased since, a list that held it comes out with another digest, and a feed that it spoke last with
 * another age. With a scratch folder memory does not grow with the log.
 */
export async function replayFromLog(decision: Decision, recall: Recall, source: LogSource): Promise<LogReplay> {
  const recalled = await recall(decision);
  const { features, scratch } = source;
  const state = openScratchState({ features, scratch });
  try {
    await foldTo(state, decision.offset, source);
    const record = state.record(decision.subject as SubjectId);
    const list = await deriveList(decision, recalled, recall, state, source);
    const differences = [...inputDifferences(decision, record, recalled.engine.columns, state), ...(list ?? [])];
    return { decision: decision.id, same: differences.length === 0, differences, listChecked: list !== null };
  } finally {
    state.close();
  }
}

async function foldTo(state: State, offset: number, { log, onProgress, signal }: LogSource): Promise<void> {
  let batch: LoggedEvent[] = [];
  for (const event of log.read(0)) {
    if (event.offset >= offset) break;
    if (batch.push(event) < BATCH) continue;
    state.fold(batch);
    batch = [];
    onProgress?.(event.offset, offset);
    signal?.throwIfAborted();
    await setImmediate();
  }
  state.fold(batch);
}

/** A record's vector in the columns of a decision, whatever the state folds besides; null for one that is folded no more. */
function vectorOf(record: LeadRecord, now: number, columns: readonly string[], { features }: State): Value[] {
  const names = columnNames(features, targetOf(record.subject));
  const vector = record.vector(now);
  return columns.map((name) => vector[names.indexOf(name)] ?? null);
}

function inputDifferences(decision: Decision, record: LeadRecord | undefined, columns: readonly string[], state: State): Difference[] {
  if (record === undefined) return [{ field: 'record', recorded: decision.subject, computed: null }];
  const { created, lastTouch, lastEvent } = record;
  const computed = {
    vector: portable(vectorOf(record, decision.time, columns, state)),
    facts: { created, lastTouch, lastEvent },
    sources: record.sources(decision.time),
  };
  return differencesOf(decision, computed, ['vector', 'facts', 'sources'] as const);
}

/**
 * The differences of the list; null for an answer outside a list, and where it is not known any more what the list was arranged
 * with, or last scores may have had a part in it.
 */
async function deriveList(decision: Decision, { code, policy }: Recalled, recall: Recall, state: State, source: LogSource): Promise<Difference[] | null> {
  const { user, time: now, placement } = decision;
  const head = placement && headOf(decision, source);
  if (placement === null || policy === null || head === null) return null;
  const fieldsIn = fieldsOf(policyFields(policy));
  const deciding = await decidingOf(decision, head, recall);
  if (deciding === null) return null;
  const rated = (code as Partial<typeof code>).rate ?? code.assess; // engines of before the eleventh have none
  const isDrawn = policy.experiment !== undefined; // and so the engine can draw
  const judge = (facts: LeadRecord): Judged => {
    const engine = deciding.get(targetOf(facts.subject) ?? 'lead')!;
    const { columns } = engine;
    const input = { ...facts, vector: vectorOf(facts, now, columns, state), sources: facts.sources(now), last: null };
    const arm = isDrawn ? code.assign(policy.experiment, facts, { now, asker: user, user: (subject) => state.user(subject as SubjectId) })?.arm : engine.arm;
    return { assessment: rated(input, now, { ...engine, arm: arm ?? null }), fields: fieldsIn(columns, input.vector) };
  };
  const { from, ...arrangedWith } = head.context ?? {};
  const candidates = from === undefined
    ? bookOf(user as SubjectId, state, deciding).map((facts): Candidate => Object.assign({ facts }, judge(facts)))
    : code.select(readerOf(state, bookIn(from)), { user, now, seed: placement.seed }, policy, judge).candidates;
  const context = { now, user, limit: placement.limit, ...arrangedWith };
  const { digest: listDigest, items } = code.arrange(candidates, context, policy, placement.seed);
  const placeReasons = items.find(({ subject }) => subject === decision.subject)?.reasons;
  const recorded = { listDigest: placement.listDigest, placeReasons: placement.reasons };
  // Decisions of before the eighteenth engine hold no reasons of their places.
  return differencesOf(recorded, { listDigest, placeReasons }, placement.reasons === undefined ? ['listDigest'] : ['listDigest', 'placeReasons']);
}

type Judged = Pick<Candidate, 'assessment'> & Required<Pick<Candidate, 'fields'>>;
type Deciding = ReadonlyMap<TargetName, Recalled['engine']>;

/** What decided about the records of each target; null where last scores may have had a part in it. */
async function decidingOf(decision: Decision, head: Pick<Placement, 'deciders'>, recall: Recall): Promise<Deciding | null> {
  const deciding = new Map<TargetName, Recalled['engine']>();
  for (const target of TARGETS) {
    const decider = deciderOf(decision, head, target);
    if (decider === null) continue;
    if (decider.bundle === null || decider.fault !== null) return null;
    deciding.set(target, (await recall({ ...decision, arm: null, ...decider })).engine);
  }
  return deciding;
}

/** All open records of an owner of the targets that were listed: what lists were made from before candidates had sources. */
const bookOf = (owner: SubjectId, state: State, deciding: Deciding): LeadRecord[] =>
  state.owned(owner).filter((subject) => deciding.has(targetOf(subject) ?? 'lead')).map((subject) => state.record(subject)!);

/** The placement of a list's first decision: what the list was arranged with stands there, and nowhere in lists of before priorities. */
function headOf({ id, placement }: Decision, { find }: LogSource): Pick<Placement, 'context' | 'deciders'> | null {
  if (placement!.head === undefined) return {};
  const head = placement!.head === id ? placement : find?.(placement!.head)?.placement;
  return head?.context === undefined ? null : head;
}

/** What decided about the records of a target; null where they were not listed. */
function deciderOf(decision: Decision, { deciders }: Pick<Placement, 'deciders'>, target: TargetName): Decider | null {
  if (deciders === undefined) return target === 'lead' ? decision : null;
  return deciders[target] ?? null;
}
