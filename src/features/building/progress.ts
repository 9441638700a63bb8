import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BUCKETS } from '../../log/index.ts';
import { readPlan, SCRATCH } from './plan.ts';

/** How far a build has come, in shards. */
export interface BuildProgress {
  readonly done: number;
  readonly all: number;
}

/** The build that goes on at the place of a state, for it or for one with other features; undefined where there is none. */
export function buildAt(path: string): BuildProgress | undefined {
  if (!existsSync(path)) return undefined;
  const within = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name, SCRATCH));
  const scratch = [join(path, SCRATCH), ...within].find((place) => existsSync(place));
  return scratch === undefined ? undefined : { done: readdirSync(scratch).filter((name) => /^shard \d+$/u.test(name)).length, all: BUCKETS * (readPlan(scratch)?.shares ?? 1) };
}
