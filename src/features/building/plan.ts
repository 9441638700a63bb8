import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { codeHash, contentId, makeFolder, syncFolder } from '../../base/index.ts';
import type { Segment } from '../../log/index.ts';
import { layoutHash } from '../layout.ts';
import { noteRunning, wasCutOff } from '../lmdb/running.ts';
import type { FeatureSpec } from '../spec.ts';
import { sharesOf } from './shards.ts';
import { layDown } from './scratch.ts';
import { rowsIn, type BuildSource } from './source.ts';

/** What a build was begun with: as long as it still holds, one that was cut short goes on. */
export interface Plan {
  /** The code that folds. */
  readonly code: string;
  readonly layout: string;
  readonly features: string;
  readonly epoch: number;
  /** Into how many shards each bucket is cut. */
  readonly shares: number;
  readonly segments: readonly Segment[];
}

const PLAN = 'plan.json';

/** What folds: a build that was begun with another code mixes what the two make of events. */
const ROOMS = ['base', 'events', 'features', 'log'];

/** The folder of a build, within that of the state which it will be. */
export const SCRATCH = 'building';

export interface PlanOptions {
  readonly scratch: string;
  readonly source: BuildSource;
  readonly features: readonly FeatureSpec[];
  readonly epoch: number;
  /** About how many rows a shard has: the memory of a build goes with them. */
  readonly rowsAShard: number;
}

/**
 * Makes ready the scratch of a build, and returns what it takes: where one was begun, the history as it was then. It begins again
 * where something was erased since, the features or the code are others, or the machine stopped and may have lost some of its files.
 */
export function planBuild({ scratch, source, features, epoch, rowsAShard }: PlanOptions): Plan {
  const { segments } = source;
  const plan: Plan = { code: codeHash(ROOMS), layout: layoutHash(features), features: contentId(JSON.stringify(features)), epoch, shares: sharesOf(rowsIn(source), rowsAShard), segments };
  const begun = readPlan(scratch);
  if (begun !== undefined && !wasCutOff(scratch) && stillHolds(begun, plan)) return begun;
  removeScratch(scratch);
  makeFolder(scratch, { mode: 0o700 });
  noteRunning(scratch);
  layDown(join(scratch, PLAN), Buffer.from(JSON.stringify(plan)));
  return plan;
}

/** Removes the scratch of a build. Its plan goes first, durably: nothing goes on from a part of it. */
export function removeScratch(scratch: string): void {
  if (!existsSync(scratch)) return;
  rmSync(join(scratch, PLAN), { force: true });
  syncFolder(scratch);
  rmSync(scratch, { recursive: true, force: true });
}

export function readPlan(scratch: string): Plan | undefined {
  const path = join(scratch, PLAN);
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Plan;
  } catch {
    return undefined; // it begins again
  }
}

function stillHolds({ segments: begun, shares: _cut, ...rest }: Plan, { segments, shares: _now, ...now }: Plan): boolean {
  return JSON.stringify(rest) === JSON.stringify(now) && JSON.stringify(begun) === JSON.stringify(segments.slice(0, begun.length));
}
