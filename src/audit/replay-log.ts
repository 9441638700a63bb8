import type { SubjectId } from '../events/index.ts';
import { openMemoryState, type FeatureSpec, type LeadRecord, type State } from '../features/index.ts';
import type { Log } from '../log/index.ts';
import type { Value } from '../trees/index.ts';
import { fieldsOf, policyFields, portable, type Candidate } from '../rank/index.ts';
import type { ArrangedWith, Decision } from './decision.ts';
import { differencesOf, type Difference } from './difference.ts';
import type { Recalled } from './recall.ts';

export interface LogSource {
  log: Pick<Log, 'read'>;
  /** The features that the node folds; those that the decision did not rest on are left aside. */
  features: readonly FeatureSpec[];
  /** Another decision of the journal; undefined where it was erased or is not at hand. */
  find?: (id: string) => Decision | undefined;
}

/** What the log at a decision's offset says of its inputs. */
export interface LogReplay {
  readonly decision: string;
  readonly same: boolean;
  /** Among `record`, `vector`, `facts`, `sources`, `listDigest`. */
  readonly differences: readonly Difference[];
  /** False where the list cannot be derived: no list, or last scores had a part in it, which the log does not hold. */
  readonly listChecked: boolean;
}

/**
 * Folds the log up to a decision's offset and derives its inputs, and the digest of its whole list, once more. Where a
 * record was erased since, a list that held it comes out with another digest, and a feed that it spoke last with
 * another age.
 */
export function replayFromLog(decision: Decision, recalled: Recalled, source: LogSource): LogReplay {
  const state = foldTo(decision.offset, source);
  const vectorOf = vectorBy(recalled.engine.columns, source.features);
  try {
    const record = state.record(decision.subject as SubjectId);
    const list = decision.bundle === null || decision.fault !== null ? null : deriveList(decision, recalled, state, { vectorOf, source });
    const differences = [...inputDifferences(decision, record, vectorOf), ...(list ?? [])];
    return { decision: decision.id, same: differences.length === 0, differences, listChecked: list !== null };
  } finally {
    state.close();
  }
}

function foldTo(offset: number, { log, features }: LogSource): State {
  const state = openMemoryState({ features });
  const past = function* () {
    for (const event of log.read(0)) {
      if (event.offset >= offset) return;
      yield event;
    }
  };
  state.fold(past());
  return state;
}

type VectorOf = (record: LeadRecord, now: number) => Value[];

/** A record's vector in the columns of a decision, whatever the state folds besides; null for one that is folded no more. */
function vectorBy(columns: readonly string[], features: readonly FeatureSpec[]): VectorOf {
  const names = features.filter(({ entity }) => entity === 'lead').map(({ name }) => name);
  const places = columns.map((name) => names.indexOf(name));
  return (record, now) => {
    const vector = record.vector(now);
    return places.map((place) => vector[place] ?? null);
  };
}

function inputDifferences(decision: Decision, record: LeadRecord | undefined, vectorOf: VectorOf): Difference[] {
  if (record === undefined) return [{ field: 'record', recorded: decision.subject, computed: null }];
  const { created, lastTouch, lastEvent } = record;
  const computed = {
    vector: portable(vectorOf(record, decision.time)),
    facts: { created, lastTouch, lastEvent },
    sources: record.sources(decision.time),
  };
  return differencesOf(decision, computed, ['vector', 'facts', 'sources'] as const);
}

/** The differences of the list; null for an answer outside a list, and where it is not known any more what the list was arranged with. */
function deriveList(decision: Decision, { code, engine, policy }: Recalled, state: State, { vectorOf, source }: { vectorOf: VectorOf; source: LogSource }): Difference[] | null {
  const { user, time: now, placement } = decision;
  const arrangedWith = placement && contextOf(decision, source);
  if (placement === null || policy === null || arrangedWith === null) return null;
  const named = policyFields(policy);
  const candidates = state.owned(user as SubjectId).map((subject): Candidate => {
    const facts = state.record(subject)!;
    const input = { ...facts, vector: vectorOf(facts, now), sources: facts.sources(now), last: null };
    return { assessment: code.assess(input, now, engine), facts, fields: fieldsOf(named, engine.columns, input.vector) };
  });
  const context = { now, user, limit: placement.limit, ...arrangedWith };
  const { digest: listDigest } = code.arrange(candidates, context, policy, placement.seed);
  return differencesOf(placement, { listDigest }, ['listDigest'] as const);
}

/** What the list was arranged with: it stands in its first decision, and nowhere in lists of before priorities. */
function contextOf({ id, placement }: Decision, { find }: LogSource): ArrangedWith | null {
  if (placement!.head === undefined) return {};
  const head = placement!.head === id ? placement : find?.(placement!.head)?.placement;
  return head?.context ?? null;
}
