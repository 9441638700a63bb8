/**
 * A cell's stores on a disk that is full at one moment or another: `full-disk.fixture.ts FOLDER`, where FOLDER is a small file system of its own.
 * Prints a line of JSON for each part: what it said when the disk was full, and whether it was whole once there was room.
 */
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal, verifyJournals } from '../../src/audit/index.ts';
import { decisionFixture } from '../../src/audit/decision.fixture.ts';
import { Fault } from '../../src/base/index.ts';
import { newestVersion, type Event } from '../../src/events/index.ts';
import { catchUp, digest, LEAD_FEATURES, openMemoryState, openStateOf, takeSnapshot } from '../../src/features/index.ts';
import { openLog } from '../../src/log/index.ts';

const [folder] = process.argv.slice(2) as [string];
const features = LEAD_FEATURES;
const filler = join(folder, 'filler');
const [path, snapshots] = [join(folder, 'state'), join(folder, 'snapshots')];
const log = openLog({ path: join(folder, 'log'), clock: () => 1_000_000 });
const { state } = await openStateOf({ path, features, log });
const journal = await openJournal({ dir: join(folder, 'journal'), server: 'test' });
const acknowledged: number[] = [];
let number = 0;

const leads = (count: number): Event[] => Array.from({ length: count }, (): Event => {
  const id = `e${(number += 1)}`;
  return { id, source: 'test', type: 'lead.created', version: newestVersion('lead.created'), subject: `ld_${id}`, time: number, data: { owner: `us_${number % 9}`, industry: 'retail' } } as unknown as Event;
});
const append = async (count: number): Promise<void> => void acknowledged.push(...(await log.append(leads(count))));

/** Takes all the room that there is. */
function fill(): void {
  const fd = openSync(filler, 'w');
  try {
    for (let size = 2 ** 16; size >= 1; ) {
      try {
        if (writeSync(fd, Buffer.alloc(size, 1)) < size) size = Math.floor(size / 2);
      } catch {
        size = Math.floor(size / 2);
      }
    }
    fsyncSync(fd);
  } catch {
    // As full as it gets.
  } finally {
    closeSync(fd);
  }
}

const message = (error: unknown): string => {
  if (error instanceof Fault) return `${error.kind}: ${error.message}`;
  throw error;
};

/** Whether all that was acknowledged is there, and the state, once it has caught up, is a clean replay's. */
async function isWhole(): Promise<boolean> {
  const offsets = [...log.read(0)].map(({ offset }) => offset);
  const there = new Set(offsets);
  if (acknowledged.some((offset) => !there.has(offset)) || there.size !== offsets.length) return false;
  await catchUp(state, log);
  const clean = openMemoryState({ features });
  await catchUp(clean, log);
  return digest(state) === digest(clean);
}

/** Does something on a full disk until it is refused, and again with room. */
async function part(name: string, work: () => unknown, check: () => boolean | Promise<boolean> = () => true): Promise<void> {
  fill();
  let said = 'nothing';
  for (let i = 0; said === 'nothing' && i < 500; i++) {
    try {
      await work();
    } catch (error) {
      said = message(error);
    }
  }
  rmSync(filler);
  await work();
  process.stdout.write(`${JSON.stringify({ name, said, whole: (await isWhole()) && (await check()) })}\n`);
}

await append(2_000);
await catchUp(state, log);
await part('append', () => append(300));
await append(2_000);
await part('fold', async () => {
  await catchUp(state, log);
  if (log.end() < 30_000) await append(100).catch(() => {});
});
await part('compact', async () => void (await log.compact({ keep: 100, size: 1_000 })), () => log.history.end() > 1_000 && log.settled());
await part('snapshot', () => takeSnapshot({ state: path, folder: snapshots, now: 1 }));
let decided = 0;
const shown: number[] = [];
await part('journal', async () => {
  const batch = Array.from({ length: 50 }, () => (decided += 1));
  await journal.append(batch.map((n) => decisionFixture(n)));
  shown.push(...batch);
}, () => {
  const { ok, records } = verifyJournals(join(folder, 'journal'));
  return ok && records >= shown.length;
});
await journal.close();
state.close();
await log.close();
