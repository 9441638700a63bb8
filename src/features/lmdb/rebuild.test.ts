import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createGate, isRejection, memoryIdentities, type Event } from '../../events/index.ts';
import { memoryLog } from '../../log/index.ts';
import { LEAD_FEATURES } from '../defaults/index.ts';
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

it('takes a state up where it was, and folds it anew when it no longer fits', async () => {
  const path = join(folder, 'state');
  const log = memoryLog({ clock: () => NOW });
  const first = created(1);
  await log.append([first, created(2)]);

  const reopen = async (features = LEAD_FEATURES): Promise<[boolean, number, number]> => {
    const { state, rebuilt } = await openStateOf({ path, features, log });
    const answer: [boolean, number, number] = [rebuilt, state.counts().leads, state.epoch()];
    state.close();
    return answer;
  };

  expect(await reopen()).toEqual([false, 2, 0]);
  await log.append([created(3)]);
  expect(await reopen()).toEqual([false, 3, 0]);
  expect(await reopen(LEAD_FEATURES.slice(1))).toEqual([true, 3, 0]);
  expect(await reopen(LEAD_FEATURES.slice(1))).toEqual([false, 3, 0]);
  await log.erase(first.subject);
  expect(await reopen(LEAD_FEATURES.slice(1))).toEqual([true, 2, 1]);
  writeFileSync(join(path, 'data.mdb'), 'a disk that went bad '.repeat(500));
  expect(await reopen(LEAD_FEATURES.slice(1))).toEqual([true, 2, 1]);
});
