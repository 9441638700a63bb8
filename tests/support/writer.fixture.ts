/**
 * A process that appends, folds, compacts and takes snapshots until it is killed: `writer.fixture.ts FOLDER SEED`. Prints the id of each event
 * that was acknowledged, as a line.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { random } from '../../src/base/index.ts';
import { follow } from '../../src/cli/follow.ts';
import { newestVersion, type Event } from '../../src/events/index.ts';
import { LEAD_FEATURES, openStateOf, takeSnapshot } from '../../src/features/index.ts';
import { openLog } from '../../src/log/index.ts';

const [folder, seed] = process.argv.slice(2) as [string, string];
const draw = random(Number(seed));
const START = Date.UTC(2026, 0, 5);
let now = START;
const log = openLog({ path: join(folder, 'log'), clock: () => now });
now += log.end() * 60_000;
const [path, snapshots] = [join(folder, 'state'), join(folder, 'snapshots')];
const { state } = await openStateOf({ path, snapshots, features: LEAD_FEATURES, log });
const follower = follow({ log, state });
process.stdout.write('open\n');

const KINDS = [
  ['lead.created', () => ({ owner: `us_${draw.below(3)}`, industry: draw.pick(['retail', 'energy']), account: `ac_${draw.below(4)}` })],
  ['web.visited', () => ({ page: draw.pick(['pricing', 'home']), seconds: draw.below(90) })],
  ['call.logged', () => ({ outcome: draw.pick(['connected', 'voicemail']) })],
  ['lead.changed', () => ({ owner: `us_${draw.below(3)}` })],
  ['lead.converted', () => ({})],
  ['user.changed', () => ({ manager: `us_m${draw.below(2)}` })],
] as const;

function happening(): Event {
  const [type, data] = KINDS[Math.min(KINDS.length - 1, Math.floor(draw.exponential(1.2)))]!;
  const subject = type === 'user.changed' ? `us_${draw.below(3)}` : `ld_${draw.below(40)}`;
  // now and then an id comes again: the fold drops it
  const id = `${seed}-${draw.uniform() < 0.05 ? 7 : `${process.pid}-${log.end()}-${draw.below(1e9)}`}`;
  return { id, source: 'test', type, version: newestVersion(type), subject, time: now, data: data() } as unknown as Event;
}

const every = async (ms: number, work: () => Promise<unknown>): Promise<void> => {
  for (;;) {
    await sleep(draw.below(ms));
    await work();
  }
};
void every(30, () => log.compact({ keep: 50, size: 120 }));
void every(200, () => takeSnapshot({ state: path, folder: snapshots, now }));
for (;;) {
  now += 60_000;
  const events = Array.from({ length: 1 + draw.below(20) }, happening);
  const offsets = await log.append(events);
  process.stdout.write(events.map(({ id }, i) => `${id} ${offsets[i]!}\n`).join(''));
  await follower.folded(offsets.at(-1)!);
}
