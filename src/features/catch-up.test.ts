import { expect, it } from 'vitest';
import { createGate, isRejection, memoryIdentities, type Event } from '../events/index.ts';
import { memoryLog } from '../log/index.ts';
import { catchUp } from './catch-up.ts';
import { LEAD_FEATURES } from './defaults/index.ts';
import { digest } from './digest.ts';
import { openMemoryState } from './memory/state.ts';

const NOW = Date.UTC(2026, 0, 5);
const gate = createGate({ identities: memoryIdentities(), clock: () => NOW });

function created(number: number): Event {
  const event = gate.parse({
    specversion: '1.0', id: `e${number}`, source: 'crm', type: 'lead.created', subject: `lead ${number % 30}`,
    time: new Date(NOW).toISOString(), data: { owner: 'rep', employees: number },
  }, { scopes: ['crm'] });
  if (isRejection(event)) throw new Error(event.message);
  return event;
}

it('follows a log from where it is, in transactions of any size', async () => {
  const log = memoryLog({ clock: () => NOW });
  const events = Array.from({ length: 95 }, (_, i) => created(i));
  await log.append(events.slice(0, 50));
  const state = openMemoryState({ features: LEAD_FEATURES });
  const seen: number[] = [];
  expect(await catchUp(state, log, { batch: 20, onProgress: (offset) => seen.push(offset) })).toBe(50);
  expect(seen).toEqual([20, 40, 50]);
  await log.append(events.slice(50));
  expect(await catchUp(state, log, { batch: 7 })).toBe(45);
  expect(await catchUp(state, log)).toBe(0);
  const whole = openMemoryState({ features: LEAD_FEATURES });
  await catchUp(whole, log);
  expect(digest(state)).toBe(digest(whole));
});

it('is done when the rest of the log was erased, and stops when it is told to', async () => {
  const log = memoryLog({ clock: () => NOW });
  const event = created(0);
  await log.append([event]);
  await log.erase(event.subject);
  const state = openMemoryState({ features: LEAD_FEATURES, epoch: log.epoch() });
  expect(await catchUp(state, log)).toBe(0);
  expect(state.epoch()).toBe(1);
  await log.append([created(1)]);
  await expect(catchUp(state, log, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/iu);
});
