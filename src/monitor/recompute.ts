import { setImmediate } from 'node:timers/promises';
import { Fault } from '../base/index.ts';
import type { LoggedEvent, SubjectId } from '../events/index.ts';
import { columnNames, entityOf, openScratchState, type FeatureSpec, type State } from '../features/index.ts';
import type { Log } from '../log/index.ts';
import { portable } from '../rank/index.ts';
import { createErasures, type Erasures } from './erasures.ts';
import { outcomeOf } from './outcome.ts';
import type { Differing, LiveVector, Recomputed } from './vectors.ts';

export interface RecomputeOptions {
  log: Pick<Log, 'read' | 'end' | 'epoch'>;
  /** The features that the node folds. */
  features: readonly FeatureSpec[];
  /** An empty folder for the rows of all records; without it they are held in memory. */
  scratch?: string | undefined;
  /** Told the offset that was reached, and the log's end. */
  onProgress?: (offset: number, end: number) => void;
  signal?: AbortSignal;
}

export interface Recomputation {
  /** By offset. */
  readonly recomputed: readonly Recomputed[];
  readonly erasures: Erasures;
  /** Events read of the log. */
  readonly events: number;
}

const BATCH = 5_000;

/**
 * Replays the log once and reads every vector again at the offset and the moment of its decision. With a scratch folder memory does not
 * grow with the log; without one it grows with its records. Rejects with a Fault where a subject is erased meanwhile.
 */
export async function recompute(vectors: readonly LiveVector[], { log, features, scratch, onProgress, signal }: RecomputeOptions): Promise<Recomputation> {
  const due = vectors.toSorted((a, b) => a.offset - b.offset);
  const state = openScratchState({ features, scratch });
  const erasures = createErasures(features);
  const recomputed: Recomputed[] = [];
  const [end, epoch] = [log.end(), log.epoch()];
  let waiting: LoggedEvent[] = [];
  let events = 0;

  const fold = (): void => {
    state.fold(waiting);
    waiting = [];
  };
  const readUpTo = (offset: number): void => {
    while (recomputed.length < due.length && due[recomputed.length]!.offset <= offset) {
      if (waiting.length > 0) fold();
      recomputed.push(readAgain(due[recomputed.length]!, state));
    }
  };

  try {
    for (const event of log.read(0)) {
      readUpTo(event.offset);
      const folding = recomputed.length < due.length;
      if (!folding && epoch === 0) break; // nothing was ever erased: what follows says nothing of these vectors
      erasures.add(event);
      if (folding) waiting.push(event);
      if (waiting.length >= BATCH) fold();
      if (++events % BATCH !== 0) continue;
      onProgress?.(event.offset, end);
      signal?.throwIfAborted();
      await setImmediate();
    }
    readUpTo(end);
    for (const live of due.slice(recomputed.length)) recomputed.push(without(live, `the log ends at offset ${end}, before ${live.offset}`));
  } finally {
    state.close();
  }
  if (log.epoch() !== epoch) {
    throw new Fault({ kind: 'unavailable', value: 'the log', rule: 'a subject was erased while it was read', remedy: 'run again' });
  }
  return { recomputed, erasures, events };
}

function readAgain(live: LiveVector, state: State): Recomputed {
  if (live.names.length !== live.values.length) return without(live, `${live.values.length} values for ${live.names.length} features`);
  const record = state.record(live.subject as SubjectId);
  if (record === undefined) return without(live, 'the log does not know the record');
  const names = columnNames(state.features, entityOf(live.subject));
  const values = portable(record.vector(live.time));
  const computed = new Map(names.map((name, at) => [name, values[at]!]));
  const differing = live.names.flatMap((name, at): Differing[] => {
    const value = computed.get(name);
    return value !== undefined && outcomeOf(live.values[at]!, value) === 'equal' ? [] : [{ at, computed: value }];
  });
  return { live, differing, why: null };
}

const without = (live: LiveVector, why: string): Recomputed => ({ live, differing: null, why });
