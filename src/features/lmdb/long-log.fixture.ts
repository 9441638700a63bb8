import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CELL_SUBJECT, serviceEvent, type Event } from '../../events/index.ts';
import { openLog, type CellLog } from '../../log/index.ts';
import { worlds } from '../building/worlds.fixture.ts';
import { catchUp } from '../catch-up.ts';
import { digest } from '../digest.ts';
import { openMemoryState } from '../memory/state.ts';
import type { FeatureSpec } from '../spec.ts';

export const END = Date.UTC(2027, 5, 1);

/** A history is long from so many events on. */
export const FAR = 300;

/** Records of all kinds that are linked, merged, moved and erased: most of it in history, the rest came since. */
export async function longLogAt(path: string): Promise<CellLog> {
  const log = openLog({ path, clock: () => END });
  const all = fc.sample(worlds, { seed: 5, numRuns: 12 }).flatMap((world, n) =>
    world.map(({ offset: _offset, received: _received, ...event }) => ({ ...event, id: `${n}-${event.id}` }) as unknown as Event));
  const anchors = Array.from({ length: 8 }, (_, segment) => serviceEvent({ id: `anchor ${segment}`, type: 'control.journal.anchored', subject: CELL_SUBJECT, time: END, data: { server: 'node', segment, bytes: 64, chain: 'aa' } }));
  const old = [...all.slice(0, 100), ...anchors, ...all.slice(100, -40)];
  await log.append(old);
  await log.compact({ keep: 0, size: Math.floor(old.length / 2) });
  if (log.history.end() <= FAR) throw new Error(`a history of ${log.history.end()} events is not long`);
  await log.append(all.slice(-40));
  return log;
}

/** When the shards were written that are done of the state at a path. */
export function doneIn(path: string): Map<string, number> {
  const scratch = join(path, 'building');
  return new Map(readdirSync(scratch).filter((name) => /^shard \d+$/u.test(name)).map((name) => [name, statSync(join(scratch, name)).mtimeMs]));
}

/** The digest of the state of a log that is folded event by event. */
export async function cleanly(log: CellLog, features: readonly FeatureSpec[]): Promise<string> {
  const clean = openMemoryState({ features, epoch: log.epoch() });
  await catchUp(clean, log);
  return digest(clean);
}
