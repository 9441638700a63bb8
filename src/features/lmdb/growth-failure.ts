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

const NAME = 'growth-failed.json';

/** Notes it for whoever looks at the state beside its process. */
export const noteGrowthFailure = (path: string, failure: GrowthFailure): void => writeFileAtomic(join(path, NAME), JSON.stringify(failure), { mode: 0o600 });

/** It succeeded, or nothing is asked for any more. */
export const forgetGrowthFailure = (path: string): void => rmSync(join(path, NAME), { force: true });

/** What was noted; undefined where nothing failed, or the note cannot be read. */
export function growthFailureAt(path: string): GrowthFailure | undefined {
  const file = join(path, NAME);
  if (!existsSync(file)) return undefined;
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as GrowthFailure;
    return [found.tries, found.at, found.again].every(Number.isSafeInteger) ? found : undefined;
  } catch {
    return undefined;
  }
}
