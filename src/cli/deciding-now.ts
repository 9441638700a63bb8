import type { LoggedEvent } from '../events/index.ts';
import type { State } from '../features/index.ts';
import type { Log } from '../log/index.ts';
import { ifState } from './if-state.ts';

export interface Said {
  readonly log: Log;
  readonly statePath: string;
  /** What a state knows of it. */
  readonly known: (state: State) => string | null;
  /** What an event says of it; undefined for nothing. */
  readonly saidBy: (event: LoggedEvent) => string | undefined;
}

/** What control events said last of what decides: from the state, and what the log holds after it; null where nothing ever did. */
export function saidLast({ log, statePath, known, saidBy }: Said): string | null {
  const folded = foldedIn(log, statePath, known);
  let { last } = folded;
  for (const event of log.read(folded.from)) last = saidBy(event) ?? last;
  return last;
}

/** What the state knows, and up to where; nothing, where it cannot be read or is not of this log. */
const foldedIn = (log: Log, statePath: string, known: Said['known']): { last: string | null; from: number } =>
  ifState(statePath, (state) => (state.epoch() === log.epoch() ? { last: known(state), from: state.offset() } : null)) ?? { last: null, from: 0 };
