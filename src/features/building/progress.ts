import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BUCKETS } from '../../log/index.ts';
import { readPlan, removeScratch, SCRATCH } from './plan.ts';

/** How far a build has come, in shards. */
export interface BuildProgress {
  readonly done: number;
  readonly all: number;
}

/** The build that goes on at the place of a state, for it or for one with other features; undefined where there is none. */
export function buildAt(path: string): BuildProgress | undefined {
  const [scratch] = scratchesAt(path);
  return scratch === undefined ? undefined : { done: readdirSync(scratch).filter((name) => /^shard \d+$/u.test(name)).length, all: BUCKETS * (readPlan(scratch)?.shares ?? 1) };
}

/** Removes the builds at the place of a state that nobody waits for any more: all but that in the folder `except`. */
export function removeBuilds(path: string, { except }: { readonly except?: string } = {}): void {
  for (const scratch of scratchesAt(path)) if (except === undefined || scratch !== join(except, SCRATCH)) removeScratch(scratch);
}

function scratchesAt(path: string): string[] {
  if (!existsSync(path)) return [];
  const within = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
  return [path, ...within].map((folder) => join(folder, SCRATCH)).filter((scratch) => existsSync(scratch));
}
