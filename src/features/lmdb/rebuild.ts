import { Fault } from '../../base/index.ts';
import type { Log } from '../../log/index.ts';
import { catchUp, type CatchUpOptions } from '../catch-up.ts';
import type { FeatureSpec } from '../spec.ts';
import type { State } from '../state.ts';
import { discardLmdbState, openLmdbState } from './state.ts';

export interface StateOfLogOptions extends CatchUpOptions {
  path: string;
  features: readonly FeatureSpec[];
  log: Log;
}

/**
 * The state of a log, folded to its end as of the call. What stands at `path` is taken up where it was; where it was folded
 * with other features, under another epoch, or cannot be read, it is discarded and folded anew.
 */
export async function openStateOf({ path, features, log, ...options }: StateOfLogOptions): Promise<{ state: State; rebuilt: boolean }> {
  const open = (): State => openLmdbState({ path, features, epoch: log.epoch() });
  let state: State;
  let rebuilt = false;
  try {
    state = open();
  } catch (error) {
    if (!(error instanceof Fault) || (error.kind !== 'conflict' && error.kind !== 'corrupt')) throw error;
    discardLmdbState(path);
    state = open();
    rebuilt = true;
  }
  try {
    await catchUp(state, log, options);
  } catch (error) {
    state.close();
    throw error;
  }
  return { state, rebuilt };
}
