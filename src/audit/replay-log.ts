import type { SubjectId } from '../events/index.ts';
import { openMemoryState, type FeatureSpec, type LeadRecord, type State } from '../features/index.ts';
import type { Log } from '../log/index.ts';
import { portable, type Candidate } from '../rank/index.ts';
import type { Decision, Placement } from './decision.ts';
import { createRecaller, type ReplaySources } from './recall.ts';
import { differencesOf, type Difference } from './replay.ts';

export interface LogSources extends ReplaySources {
  log: Pick<Log, 'read'>;
  /** The features that the node folded when it decided. */
  features: readonly FeatureSpec[];
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
 * Folds the log up to a decision's offset and derives its inputs, and the digest of its whole list, once more. A list
 * that held a record erased since comes out with another digest. Throws a Fault for what is not stored any more.
 */
export async function replayFromLog(decision: Decision, sources: LogSources): Promise<LogReplay> {
  const state = foldTo(decision.offset, sources);
  try {
    const record = state.record(decision.subject as SubjectId);
    const { placement } = decision;
    const derivable = placement !== null && decision.bundle !== null && decision.fault === null;
    const differences = [
      ...inputDifferences(decision, record),
      ...(derivable ? await listDifferences(decision, placement, state, sources) : []),
    ];
    return { decision: decision.id, same: differences.length === 0, differences, listChecked: derivable };
  } finally {
    state.close();
  }
}

function foldTo(offset: number, { log, features }: LogSources): State {
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

function inputDifferences(decision: Decision, record: LeadRecord | undefined): Difference[] {
  if (record === undefined) return [{ field: 'record', recorded: decision.subject, computed: null }];
  const { created, lastTouch, lastEvent } = record;
  const computed = {
    vector: portable(record.vector(decision.time)),
    facts: { created, lastTouch, lastEvent },
    sources: record.sources(decision.time),
  };
  return differencesOf(decision, computed, ['vector', 'facts', 'sources'] as const);
}

async function listDifferences(
  decision: Decision,
  placement: Placement,
  state: State,
  sources: LogSources,
): Promise<Difference[]> {
  const { user, time: now, policy } = decision;
  const { code, engine } = await createRecaller(sources)(decision);
  const candidates = state.owned(user as SubjectId).map((subject): Candidate => {
    const facts = state.record(subject)!;
    const input = { ...facts, vector: facts.vector(now), sources: facts.sources(now), last: null };
    return { assessment: code.assess(input, now, engine), facts };
  });
  const rules = code.parsePolicy(sources.archive.document(policy!));
  const { digest: listDigest } = code.arrange(candidates, { now, user, limit: placement.limit }, rules, placement.seed);
  return differencesOf(placement, { listDigest }, ['listDigest'] as const);
}
