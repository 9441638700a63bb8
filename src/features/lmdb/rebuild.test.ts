import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createGate, isRejection, memoryIdentities, type Event } from '../../events/index.ts';
import { memoryLog } from '../../log/index.ts';
import { LEAD_FEATURES } from '../defaults/index.ts';
import { catchUp } from '../catch-up.ts';
import { digest } from '../digest.ts';
import { layoutHash } from '../layout.ts';
import { openMemoryState } from '../memory/state.ts';
import { openStateOf } from './rebuild.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-rebuild-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOW = Date.UTC(2026, 0, 5);
const gate = createGate({ identities: memoryIdentities(), clock: () => NOW });

function created(number: number): Event {
  const event = gate.parse({
    specversion: '1.0', id: `e${number}`, source: 'crm', type: 'lead.created', subject: `lead ${number}`,
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
