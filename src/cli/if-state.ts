import { Fault } from '../base/index.ts';
import { readStateAt, type State } from '../features/index.ts';

/** What `read` tells of the state at a path, which is closed again; null where there is none, or none that can be read. */
export function ifState<T>(path: string, read: (state: State) => T): T | null {
  let state: State | undefined;
  try {
    state = readStateAt(path);
    return read(state);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  } finally {
    state?.close();
  }
}
