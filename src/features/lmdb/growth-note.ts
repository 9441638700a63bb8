import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../../base/index.ts';

/** That the features which were asked for last could not be folded beside the state at a path. */
export interface GrowthFailure {
  readonly reason: string;
  /** How often in a row. */
  readonly tries: number;
  /** When it failed last, and when it is tried again, ms. */
  readonly at: number;
  readonly again: number;
}

/** That features were folded beside the state at a path. */
export interface GrowthDone {
  /** When they were there, ms. */
  readonly at: number;
  /** How long the last try took, ms. */
  readonly took: number;
}

/** What the process of a state notes for whoever looks at it from beside. */
export interface GrowthNote {
  /** Null where the last succeeded, or nothing is asked for any more. */
  readonly failure: GrowthFailure | null;
  /** The last that succeeded. */
  readonly done: GrowthDone | null;
}

/** It lies beside the state, whichever counts. */
export const GROWTH_NOTE = 'growth.json';
const NOTHING: GrowthNote = { failure: null, done: null };

export function noteGrowth(path: string, note: GrowthNote): void {
  if (note.failure === null && note.done === null) rmSync(join(path, GROWTH_NOTE), { force: true });
  else writeFileAtomic(join(path, GROWTH_NOTE), JSON.stringify(note), { mode: 0o600 });
}

/** What was noted; nothing where nothing happened, or as far as it cannot be read. */
export function growthAt(path: string): GrowthNote {
  const file = join(path, GROWTH_NOTE);
  if (!existsSync(file)) return NOTHING;
  try {
    const { failure, done } = JSON.parse(readFileSync(file, 'utf8')) as GrowthNote;
    return {
      failure: failure !== null && [failure.tries, failure.at, failure.again].every(Number.isSafeInteger) ? failure : null,
      done: done !== null && [done.at, done.took].every(Number.isFinite) ? done : null,
    };
  } catch {
    return NOTHING;
  }
}
