import type { Log } from '../../log/index.ts';
import { catchUp, type CatchUpOptions } from '../catch-up.ts';
import { gatheringStore } from '../gathering.ts';
import { createProjection } from '../projection.ts';
import type { State } from '../state.ts';
import type { LmdbStateOptions } from './state.ts';
import { lmdbStore } from './store.ts';

/** From so many events on, a fold gathers its rows in memory: each is then written once, not once a transaction. */
const FAR = 100_000;
const BATCH = 20_000;

export interface Folding {
  offset(): number;
  /** Folds the log to its end as of the call. Closes the state where that fails. */
  to(log: Log, options?: CatchUpOptions): Promise<State>;
  /** Where it is not brought there after all. */
  close(): void;
}

/** Opens a state, as `openLmdbState` does, that is to be brought to the end of a log before anyone reads it. */
export function openFolding({ path, features, epoch }: LmdbStateOptions): Folding {
  const store = lmdbStore({ path });
  const projection = (over = store): State => createProjection({ store: over, features, epoch });
  let state: State;
  try {
    state = projection();
  } catch (error) {
    store.close();
    throw error;
  }
  return {
    offset: () => state.offset(),
    close: () => state.close(),
    async to(log, options = {}) {
      try {
        if (log.end() - state.offset() >= FAR) {
          const gathering = gatheringStore(store);
          await catchUp(projection(gathering), log, { batch: BATCH, ...options });
          gathering.flush();
          state = projection();
        }
        await catchUp(state, log, options);
        return state;
      } catch (error) {
        state.close();
        throw error;
      }
    },
  };
}
