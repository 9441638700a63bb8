import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { Fault } from '../../base/index.ts';
import type { Event } from '../../events/index.ts';
import { memoryLog } from '../../log/index.ts';
import { DEFAULT_FEATURES, LEAD_FEATURES } from '../defaults/index.ts';
import { digest } from '../digest.ts';
import { layoutHash } from '../layout.ts';
import { cleanly, doneIn, FAR, longLogAt } from './long-log.fixture.ts';
import { openStateOf, type StateOfLog } from './rebuild.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-growing-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOW = Date.UTC(2026, 0, 5);
const FEWER = LEAD_FEATURES.slice(0, 12);
const LESS = LEAD_FEATURES.slice(0, 5);

/** A state that serves, and its log, of which nothing is read from an offset on while that is given. */
const failing = async (name: string) => {
  const path = join(folder, name);
  const log = memoryLog({ clock: () => NOW });
  await log.append(Array.from({ length: 1_200 }, (_, i) => ({ id: `e${i}`, source: 'crm', type: 'lead.created', version: 1, subject: `ld_${i}`, time: NOW, knownAt: NOW, data: { owner: 'us_a' } }) as unknown as Event));
  (await openStateOf({ path, features: LESS, log })).state.close();
  const is = { from: 0, error: new Error('a bad disk'), reads: [] as number[], shares: [] as (number | null)[] };
  const read: typeof log.read = (offset, limit) => {
    is.shares.push(grown.progress());
    if (offset >= is.from) throw is.error;
    is.reads.push(offset);
    return log.read(offset, limit);
  };
  const grown: StateOfLog = await openStateOf({ path, features: LESS, log: { ...log, read } });
  return { ...grown, log, is, isLeft: () => existsSync(join(path, layoutHash(FEWER))) };
};

it('where others cannot be folded the state goes on as it is, and the next try goes on where it was', async () => {
  const { is, state, grow, progress, isLeft } = await failing('failing');
  is.from = 1_000;
  await expect(grow(FEWER)).rejects.toThrow('a bad disk');
  expect([state.features.length, state.counts().leads, isLeft(), progress()]).toEqual([LESS.length, 1_200, true, null]);
  is.from = Infinity;
  expect(await grow(FEWER)).toBeGreaterThan(0);
  expect(is.shares).toEqual([0, 500 / 1_200, 1_000 / 1_200, 1_000 / 1_200]);
  expect([state.features.length, state.counts().leads, is.reads]).toEqual([FEWER.length, 1_200, [0, 500, 1_000]]);
  expect([await grow(FEWER), progress()]).toEqual([null, null]);
  state.close();
});

it('begins anew after three failures, as what was finished may be why', async () => {
  const { is, state, grow, isLeft } = await failing('failing-thrice');
  is.from = 1_000;
  const left: boolean[] = [];
  for (let tries = 0; tries < 4; tries++) {
    await expect(grow(FEWER)).rejects.toThrow('a bad disk');
    left.push(isLeft());
  }
  expect([left, is.reads]).toEqual([[true, true, false, true], [0, 500, 0, 500]]);
  state.close();
});

it('leaves nothing where the disk is full, where others are asked for, or where somebody is erased', async () => {
  const { log, is, state, grow, isLeft } = await failing('failing-erased');
  is.from = 1_000;
  is.error = new Fault({ kind: 'unavailable', value: 'state', rule: 'no space left on the disk', remedy: 'free some' });
  await expect(grow(FEWER)).rejects.toThrow('no space');
  expect(isLeft()).toBe(false);
  is.error = new Error('a bad disk');
  await expect(grow(FEWER)).rejects.toThrow('a bad disk');
  expect([isLeft(), await grow(LESS), isLeft()]).toEqual([true, null, false]);
  await expect(grow(FEWER)).rejects.toThrow('a bad disk');
  const { subject } = [...log.read(0, 1)][0]!;
  await log.erase(subject);
  state.retract(subject, { epoch: log.epoch() });
  expect(isLeft()).toBe(false);
  is.from = Infinity;
  await grow(FEWER);
  expect([state.features.length, state.counts().leads]).toEqual([FEWER.length, 1_199]);
  state.close();
});

it('one of which a part could not be built goes on from the parts that were', async () => {
  const path = join(folder, 'long-failing');
  const log = await longLogAt(join(folder, 'failing-log'));
  (await openStateOf({ path, features: LESS, log })).state.close();
  const { state, settled, grow, progress } = await openStateOf({ path, features: LESS, log, far: FAR });
  await settled;
  const next = join(path, layoutHash(DEFAULT_FEATURES));
  // A part cannot be laid down where a folder has its name.
  const grown = grow(DEFAULT_FEATURES);
  await vi.waitFor(() => expect(existsSync(join(next, 'building', 'plan.json'))).toBe(true), { interval: 1 });
  mkdirSync(join(next, 'building', 'shard 40.partial'));
  await expect(grown).rejects.toThrow(/is a folder/u);
  const done = doneIn(next);
  expect([state.features.length, progress(), done.size > 0]).toEqual([LESS.length, null, true]);
  rmdirSync(join(next, 'building', 'shard 40.partial'));
  mkdirSync(join(next, 'building', 'finish.partial'));
  await expect(grow(DEFAULT_FEATURES)).rejects.toThrow(/is a folder/u);
  const all = doneIn(next);
  expect(all.size).toBe(64);
  for (const [name, written] of done) expect([name, all.get(name)]).toEqual([name, written]);
  rmdirSync(join(next, 'building', 'finish.partial'));
  await grow(DEFAULT_FEATURES);
  expect([state.features.length, digest(state)]).toEqual([DEFAULT_FEATURES.length, await cleanly(log, DEFAULT_FEATURES)]);
  state.close();
  await log.close();
});
