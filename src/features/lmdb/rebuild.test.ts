import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createGate, isRejection, memoryIdentities, type Event } from '../../events/index.ts';
import { memoryLog, openLog, type CellLog } from '../../log/index.ts';
import { LEAD_FEATURES } from '../defaults/index.ts';
import { catchUp } from '../catch-up.ts';
import { digest } from '../digest.ts';
import { layoutHash } from '../layout.ts';
import { openMemoryState } from '../memory/state.ts';
import { buildAt } from '../building/progress.ts';
import { openStateOf } from './rebuild.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-rebuild-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOW = Date.UTC(2026, 0, 5);
const gate = createGate({ identities: memoryIdentities(), clock: () => NOW });

function created(number: number, lead = number): Event {
  const event = gate.parse({
    specversion: '1.0', id: `e${number}`, source: 'crm', type: 'lead.created', subject: `lead ${lead}`,
    time: new Date(NOW).toISOString(), data: { owner: 'rep' },
  }, { scopes: ['crm'] });
  if (isRejection(event)) throw new Error(event.message);
  return event;
}

const FEWER = LEAD_FEATURES.slice(0, 12);
const LESS = LEAD_FEATURES.slice(0, 5);

it('takes a state up where it was, and folds it anew when the log is another or it cannot be read', async () => {
  const path = join(folder, 'state');
  const log = memoryLog({ clock: () => NOW });
  const first = created(1);
  await log.append([first, created(2)]);

  const reopen = async (features = FEWER): Promise<[boolean, number, number]> => {
    const { state, rebuilt, settled } = await openStateOf({ path, features, log });
    const answer: [boolean, number, number] = [rebuilt, state.counts().leads, state.epoch()];
    await settled;
    state.close();
    return answer;
  };

  expect(await reopen()).toEqual([false, 2, 0]);
  await log.append([created(3)]);
  expect(await reopen()).toEqual([false, 3, 0]);
  await log.erase(first.subject);
  expect(await reopen()).toEqual([true, 2, 1]);
  writeFileSync(join(path, 'data.mdb'), 'a disk that went bad '.repeat(500));
  expect(await reopen()).toEqual([true, 2, 1]);
});

describe('a state with other features', () => {
  const begun = async (name: string) => {
    const path = join(folder, name);
    const log = memoryLog({ clock: () => NOW });
    await log.append(Array.from({ length: 1_200 }, (_, i) => created(i)));
    (await openStateOf({ path, features: LESS, log })).state.close();
    return { path, log };
  };

  it('is folded beside the one that serves, and takes its place', async () => {
    const { path, log } = await begun('growing');
    const { state, rebuilt, settled } = await openStateOf({ path, features: FEWER, log });
    expect([rebuilt, state.features.length, state.counts().leads]).toEqual([false, LESS.length, 1_200]);
    await log.append([created(1_200)]); // news while it grows goes to both
    await catchUp(state, log);
    expect(state.counts().leads).toBe(1_201);
    await settled;
    expect([state.features.length, state.counts().leads, state.offset()]).toEqual([FEWER.length, 1_201, 1_201]);
    await log.append([created(1_201)]);
    await catchUp(state, log);
    const clean = openMemoryState({ features: FEWER });
    await catchUp(clean, log);
    expect(digest(state)).toBe(digest(clean));
    state.close();
    const again = await openStateOf({ path, features: FEWER, log });
    expect([again.rebuilt, again.state.features.length, again.state.counts().leads]).toEqual([false, FEWER.length, 1_202]);
    again.state.close();
    expect(readdirSync(path).toSorted()).toEqual(['current', layoutHash(FEWER)].toSorted());
  });

  it('goes on where it was when the process stops before it is whole', async () => {
    const { path, log } = await begun('stopped');
    const { state, settled } = await openStateOf({ path, features: FEWER, log });
    state.close();
    await settled;
    const again = await openStateOf({ path, features: FEWER, log });
    expect(again.state.features.length).toBe(LESS.length);
    await again.settled;
    expect([again.state.features.length, again.state.counts().leads]).toEqual([FEWER.length, 1_200]);
    again.state.close();
  });

  it('holds nothing of a subject that is erased while it grows', async () => {
    const { path, log } = await begun('erasing');
    const event = [...log.read(0, 1)][0]!;
    const { state, settled } = await openStateOf({ path, features: FEWER, log });
    await log.erase(event.subject);
    state.retract(event.subject, { epoch: log.epoch() });
    await settled;
    expect([state.features.length, state.counts().leads, state.epoch()]).toEqual([FEWER.length, 1_199, 1]);
    expect([...state.rows()].some(({ key }) => key.includes(event.subject))).toBe(false);
    state.close();
  });
});

describe('of a long history', () => {
  /** 1,200 events in history, and 40 that came since: of few leads, as each bucket is a file. */
  const longLog = async (name: string): Promise<CellLog> => {
    const log = openLog({ path: join(folder, name), clock: () => NOW });
    await log.append(Array.from({ length: 1_200 }, (_, i) => created(i, i % 9)));
    await log.compact({ keep: 0, size: 600 });
    await log.append(Array.from({ length: 40 }, (_, i) => created(1_180 + i, i % 11)));
    return log;
  };
  /** When the shards were written that are done. */
  const doneIn = (path: string): Map<string, number> => {
    const scratch = join(path, 'building');
    return new Map(readdirSync(scratch).filter((name) => name.startsWith('shard ')).map((name) => [name, statSync(join(scratch, name)).mtimeMs]));
  };
  const cleanly = async (log: CellLog, features = FEWER): Promise<string> => {
    const clean = openMemoryState({ features, epoch: log.epoch() });
    await catchUp(clean, log);
    return digest(clean);
  };

  it('a state is built on threads, and the rest is folded', async () => {
    const path = join(folder, 'long');
    const log = await longLog('long-log');
    const told: number[] = [];
    const { state } = await openStateOf({ path, features: FEWER, log, far: 1_000, onProgress: (offset, end) => told.push(offset / end) });
    expect(digest(state)).toBe(await cleanly(log));
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
    expect(existsSync(join(path, 'building'))).toBe(false);
    state.close();
    await log.close();
  });

  it('a build that was cut short goes on, and begins again when something was erased', async () => {
    const path = join(folder, 'cut');
    const log = await longLog('cut-log');
    const cut = async (): Promise<Map<string, number>> => {
      const abort = new AbortController();
      const begun = openStateOf({ path, features: FEWER, log, far: 1_000, signal: abort.signal, onProgress: (offset) => offset > 500 && abort.abort() });
      await expect(begun).rejects.toThrow(/abort/iu);
      expect(buildAt(path)).toMatchObject({ all: 64 });
      return doneIn(path);
    };
    const first = await cut();
    expect(first.size).toBeGreaterThan(10);
    const again = await cut();
    for (const [name, written] of first) expect([name, again.get(name)]).toEqual([name, written]);
    await log.erase([...log.read(3, 1)][0]!.subject);
    const { state } = await openStateOf({ path, features: FEWER, log, far: 1_000 });
    expect(digest(state)).toBe(await cleanly(log));
    expect(buildAt(path)).toBeUndefined();
    state.close();
    await log.close();
  });

  it('a build whose process is killed goes on in the next one', async () => {
    const path = join(folder, 'killed');
    const log = await longLog('killed-log');
    await log.close();
    const script = join(folder, 'build.ts');
    const here = import.meta.dirname;
    writeFileSync(script, `
      import { writeSync } from 'node:fs';
      import { openLog } from ${JSON.stringify(join(here, '..', '..', 'log', 'index.ts'))};
      import { LEAD_FEATURES } from ${JSON.stringify(join(here, '..', 'defaults', 'index.ts'))};
      import { openStateOf } from ${JSON.stringify(join(here, 'rebuild.ts'))};
      const log = openLog({ path: ${JSON.stringify(join(folder, 'killed-log'))}, clock: () => ${NOW} });
      await openStateOf({ path: ${JSON.stringify(path)}, features: LEAD_FEATURES.slice(0, 12), log, far: 1_000, onProgress: (offset) => writeSync(1, offset + '\\n') });
    `);
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.on('data', (chunk: Buffer) => Number(chunk.toString().trimEnd().split('\n').at(-1)) > 400 && child.kill('SIGKILL'));
    await new Promise((resolve) => child.on('close', resolve));
    const done = doneIn(path);
    expect(done.size).toBeGreaterThan(0);
    const reopened = openLog({ path: join(folder, 'killed-log'), clock: () => NOW });
    const { state } = await openStateOf({ path, features: FEWER, log: reopened, far: 1_000 });
    expect(digest(state)).toBe(await cleanly(reopened));
    state.close();
    await reopened.close();
  });

  it('one with other features is built beside the one that serves', async () => {
    const path = join(folder, 'long-growing');
    const log = await longLog('growing-log');
    (await openStateOf({ path, features: LESS, log })).state.close();
    const { state, settled } = await openStateOf({ path, features: FEWER, log, far: 1_000 });
    expect([state.features.length, state.counts().leads]).toEqual([LESS.length, 11]);
    const erased = [...log.read(5, 1)][0]!.subject;
    await log.erase(erased);
    state.retract(erased, { epoch: log.epoch() });
    await settled;
    expect([state.features.length, state.epoch()]).toEqual([FEWER.length, 1]);
    expect(digest(state)).toBe(await cleanly(log));
    state.close();
    await log.close();
  });
});
