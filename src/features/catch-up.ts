import { setImmediate } from 'node:timers/promises';
import type { LoggedEvent } from '../events/index.ts';
import type { Log } from '../log/index.ts';
import type { State } from './state.ts';

export interface CatchUpOptions {
  /** Events a transaction. */
  batch?: number;
  /** Told the next offset and the log's end after every transaction. */
  onProgress?: (offset: number, end: number) => void;
  /** Told what was folded. */
  onFolded?: (events: readonly LoggedEvent[]) => void;
  signal?: AbortSignal;
}

/** Folds the log from the state's offset to the end as of the call, yielding between transactions. Returns how many events. */
export async function catchUp(state: State, log: Log, options: CatchUpOptions = {}): Promise<number> {
  const { batch = 5_000, onProgress, onFolded, signal } = options;
  let folded = 0;
  const end = log.end();
  while (state.offset() < end) {
    signal?.throwIfAborted();
    const events: LoggedEvent[] = [...log.read(state.offset(), batch)];
    if (events.length === 0) break; // the rest was erased
    state.fold(events);
    onFolded?.(events);
    folded += events.length;
    onProgress?.(state.offset(), end);
    await setImmediate();
  }
  return folded;
}
