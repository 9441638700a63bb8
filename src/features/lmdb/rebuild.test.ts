import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { CELL_SUBJECT, createGate, isRejection, memoryIdentities, serviceEvent, type Event, type SubjectId } from '../../events/index.ts';
import { memoryLog, openLog, type CellLog } from '../../log/index.ts';
import { DEFAULT_FEATURES, LEAD_FEATURES } from '../defaults/index.ts';
import { catchUp } from '../catch-up.ts';
import { digest } from '../digest.ts';
import { layoutHash } from '../layout.ts';
import type { FeatureSpec } from '../spec.ts';
import { openMemoryState } from '../memory/state.ts';
import { buildAt } from '../building/progress.ts';
import type { Behind } from './behind.ts';
import { cleanly, doneIn, END, FAR, longLogAt } from './long-log.fixture.ts';
import { openStateOf, type StateOfLogOptions } from './rebuild.ts';
import { readStateAt } from './standing.ts';
import { openLmdbState } from './state.ts';

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

  it('is asked for while one serves, again and again, and serves at once where the rows are the same', async () => {
    const { path, log } = await begun('asked');
    const renamed = FEWER.map((feature) => ({ ...feature, name: `${feature.name}_again` }));
    const { state, settled, grow } = await openStateOf({ path, features: LESS, log });
    await settled;
    const first = grow(FEWER);
    const second = grow(renamed);
    expect(state.features.length).toBe(LESS.length);
    await log.append([created(1_200)]);
    await first;
    expect(state.features).toEqual(FEWER);
    await second;
    const read = readStateAt(path);
    expect(read.features).toEqual(renamed); // others see it before the next event
    read.close();
    await grow(renamed);
    await log.append([created(1_201)]);
    await catchUp(state, log);
    const clean = openMemoryState({ features: renamed });
    await catchUp(clean, log);
    expect([state.features, digest(state)]).toEqual([renamed, digest(clean)]);
    expect(readdirSync(path).toSorted()).toEqual(['current', layoutHash(FEWER)].toSorted());
    state.close();
  });

  it('waits for news where the end of what was folded is erased meanwhile', async () => {
    const { path, log } = await begun('tailless');
    const { state, grow } = await openStateOf({ path, features: LESS, log });
    const last = created(1_200);
    await log.append([last]);
    await catchUp(state, log);
    await log.erase(last.subject);
    state.retract(last.subject, { epoch: log.epoch() });
    const grown = grow(FEWER);
    await vi.waitFor(() => expect(existsSync(join(path, layoutHash(FEWER)))).toBe(true));
    await new Promise((resolve) => setTimeout(resolve, 200));
    await log.append([created(1_201)]);
    await catchUp(state, log);
    await grown;
    expect([state.features.length, state.counts().leads, state.offset()]).toEqual([FEWER.length, 1_201, 1_202]);
    state.close();
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

  it('goes at a start that asks for others, and so does what else was left', async () => {
    const { path, log } = await begun('unwanted');
    const left = async (): Promise<void> => {
      const { state, settled } = await openStateOf({ path, features: FEWER, log });
      state.close();
      await settled;
      cpSync(join(path, layoutHash(FEWER)), join(path, 'of another release'), { recursive: true });
    };
    const reopened = async (features: readonly FeatureSpec[]): Promise<string[]> => {
      const { state, settled } = await openStateOf({ path, features, log });
      const found = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
      state.close();
      await settled;
      return found;
    };
    await left();
    expect(await reopened(FEWER)).toEqual([layoutHash(FEWER)]);
    await left();
    expect(await reopened(LESS)).toEqual([]);
  });

  it('is closed where all is over as it was opened', async () => {
    const { path, log } = await begun('closing');
    const abort = new AbortController();
    let asked = 0;
    const telling = { ...log, epoch: () => (++asked === 3 && abort.abort(), log.epoch()) };
    const { state, settled } = await openStateOf({ path, features: FEWER, log: telling, signal: abort.signal });
    await settled;
    expect(asked).toBe(3);
    const next = join(path, layoutHash(FEWER));
    expect([existsSync(join(next, 'data.mdb')), existsSync(join(next, 'running'))]).toEqual([true, false]);
    state.close();
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
  const features = DEFAULT_FEATURES;
  const longLog = (name: string): Promise<CellLog> => longLogAt(join(folder, name));
  /** Whoever is erased is so in the log, and the log says it. */
  const erase = async (log: CellLog, subject: string): Promise<void> => {
    await log.erase(subject as SubjectId);
    await log.append([serviceEvent({ id: `erased ${subject}`, type: 'control.subject.erased', subject: CELL_SUBJECT, time: END, data: { receipt: 'r', subject } })]);
  };

  it('a state is built on threads, and the rest is folded', async () => {
    const path = join(folder, 'long');
    const log = await longLog('long-log');
    const told: number[] = [];
    const { state } = await openStateOf({ path, features, log, far: FAR, onProgress: (offset, end) => told.push(offset / end) });
    expect(digest(state)).toBe(await cleanly(log, features));
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
    expect(existsSync(join(path, 'building'))).toBe(false);
    state.close();
    await log.close();
  });

  it('a state that lacks most of it is built anew beside it, once', async () => {
    const path = join(folder, 'behind');
    const log = await longLog('behind-log');
    const standing = openLmdbState({ path, features, epoch: log.epoch() });
    standing.fold(log.read(0, 10));
    standing.close();
    const told: Behind[] = [];
    const open = (options: Partial<StateOfLogOptions> = {}) => openStateOf({ path, features, log, far: FAR, onBehind: (behind) => told.push(behind), ...options });

    const abort = new AbortController();
    await expect(open({ signal: abort.signal, onProgress: (offset, end) => offset > end / 2 && abort.abort() })).rejects.toThrow(/abort/iu);
    const asItStood = readStateAt(path);
    expect([asItStood.offset(), buildAt(path)?.done]).toEqual([10, expect.toSatisfy((done: number) => done > 10)]);
    asItStood.close();

    const { state } = await open();
    expect(digest(state)).toBe(await cleanly(log, features));
    expect(told).toEqual(Array.from({ length: 2 }, () => ({ offset: 10, history: log.history.end() })));
    expect(buildAt(path)).toBeUndefined();
    state.close();
    const again = await open();
    expect([told.length, again.rebuilt, again.state.offset()]).toEqual([2, false, log.end()]);
    again.state.close();
    await log.close();
  });

  it('a state with other features that lacks most of it is built anew with those that are asked for', async () => {
    const path = join(folder, 'behind-other');
    const log = await longLog('behind-other-log');
    const standing = openLmdbState({ path, features: LESS, epoch: log.epoch() });
    standing.fold(log.read(0, 10));
    standing.close();
    const told: Behind[] = [];
    const { state, rebuilt, settled } = await openStateOf({ path, features, log, far: FAR, onBehind: (behind) => told.push(behind) });
    await settled;
    expect([rebuilt, told.length, readdirSync(path).toSorted()]).toEqual([true, 1, ['current', layoutHash(features)].toSorted()]);
    expect(digest(state)).toBe(await cleanly(log, features));
    state.close();
    await log.close();
  });

  it('a build that was cut short goes on, and begins again when something was erased', async () => {
    const path = join(folder, 'cut');
    const log = await longLog('cut-log');
    const cut = async (): Promise<Map<string, number>> => {
      const abort = new AbortController();
      const begun = openStateOf({ path, features, log, far: FAR, signal: abort.signal, onProgress: (offset, end) => offset > end / 2 && abort.abort() });
      await expect(begun).rejects.toThrow(/abort/iu);
      expect(buildAt(path)).toMatchObject({ all: 64 });
      return doneIn(path);
    };
    const first = await cut();
    expect(first.size).toBeGreaterThan(10);
    const again = await cut();
    for (const [name, written] of first) expect([name, again.get(name)]).toEqual([name, written]);
    await erase(log, 'ld_a');
    const { state } = await openStateOf({ path, features, log, far: FAR });
    expect(digest(state)).toBe(await cleanly(log, features));
    expect(buildAt(path)).toBeUndefined();
    state.close();
    await log.close();
  });

  it('a build whose process is killed goes on in the next one', async () => {
    const path = join(folder, 'killed');
    await (await longLog('killed-log')).close();
    const script = join(folder, 'build.ts');
    const here = import.meta.dirname;
    writeFileSync(script, `
      import { openLog } from ${JSON.stringify(join(here, '..', '..', 'log', 'index.ts'))};
      import { DEFAULT_FEATURES } from ${JSON.stringify(join(here, '..', 'defaults', 'index.ts'))};
      import { openStateOf } from ${JSON.stringify(join(here, 'rebuild.ts'))};
      const log = openLog({ path: ${JSON.stringify(join(folder, 'killed-log'))}, clock: () => ${END} });
      const kill = (offset, end) => offset > end / 2 && process.kill(process.pid, 'SIGKILL');
      await openStateOf({ path: ${JSON.stringify(path)}, features: DEFAULT_FEATURES, log, far: ${FAR}, onProgress: kill });
    `);
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'inherit'] });
    expect(await new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)))).toBe('SIGKILL');
    const done = doneIn(path);
    expect(done.size).toBeGreaterThan(10);
    const log = openLog({ path: join(folder, 'killed-log'), clock: () => END });
    const { state } = await openStateOf({ path, features, log, far: FAR });
    expect(digest(state)).toBe(await cleanly(log, features));
    state.close();
    await log.close();
  });

  it('a scratch that was left as the process was killed is removed, and makes the state once more if that is lost', async () => {
    const path = join(folder, 'left');
    const [scratch, copy] = [join(path, 'building'), join(folder, 'left-copy')];
    const log = await longLog('left-log');
    const open = async (): Promise<string> => {
      const { state } = await openStateOf({ path, features, log, far: FAR, onProgress: () => existsSync(join(scratch, 'finish')) && !existsSync(copy) && cpSync(scratch, copy, { recursive: true }) });
      const found = digest(state);
      state.close();
      return found;
    };
    const built = await open();
    rmSync(join(copy, 'state', 'data.mdb')); // it took its place
    cpSync(copy, scratch, { recursive: true });
    expect(await open()).toBe(built);
    expect([existsSync(scratch), buildAt(path)]).toEqual([false, undefined]);
    cpSync(copy, scratch, { recursive: true });
    rmSync(join(path, 'data.mdb'));
    expect(await open()).toBe(built);
    expect(existsSync(scratch)).toBe(false);
    await log.close();
  });

  it('one with other features is built beside the one that serves', async () => {
    const path = join(folder, 'long-growing');
    const log = await longLog('growing-log');
    (await openStateOf({ path, features: LESS, log })).state.close();
    const { state, settled } = await openStateOf({ path, features, log, far: FAR });
    expect(state.features.length).toBe(LESS.length);
    await log.erase('ld_a' as SubjectId);
    state.retract('ld_a' as SubjectId, { epoch: log.epoch() });
    await settled;
    expect([state.features.length, state.epoch()]).toEqual([features.length, 1]);
    expect(digest(state)).toBe(await cleanly(log, features));
    state.close();
    await log.close();
  });
});
