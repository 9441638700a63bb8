import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { newSubject, serviceEvent, type SubjectId } from '../../events/index.ts';
import { memoryLog, type Log } from '../../log/index.ts';
import { catchUp } from '../catch-up.ts';
import { LEAD_FEATURES } from '../defaults/index.ts';
import { digest } from '../digest.ts';
import { openMemoryState } from '../memory/state.ts';
import type { State } from '../state.ts';
import { openStateOf } from './rebuild.ts';
import { noteRunning, wasCutOff } from './running.ts';
import { adoptSnapshot, dropSnapshots, readSnapshot, takeSnapshot } from './snapshot.ts';

const features = LEAD_FEATURES;
const base = mkdtempSync(join(tmpdir(), 'leadrank-snapshot-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const leads = Array.from({ length: 20 }, () => newSubject('lead'));
const [user] = [newSubject('user')];
const shown = (subject: SubjectId, position: number) => serviceEvent({ type: 'impression.shown', subject, time: position, data: { user, decision: 'd', position, list: 'l' } });

/** Counts what is read of a log. */
function counting(log: Log): Log & { reads: number } {
  const counted = { ...log, reads: 0, read: (offset: number, limit?: number) => {
    const events = [...log.read(offset, limit)];
    counted.reads += events.length;
    return events;
  } };
  return counted;
}

async function begun(name: string) {
  const log = counting(memoryLog({ clock: () => 1_000 }));
  const [path, snapshots] = [join(base, name, 'state'), join(base, name, 'snapshots')];
  const open = (): Promise<{ state: State; rebuilt: boolean }> => openStateOf({ path, snapshots, features, log });
  await log.append(leads.map((lead, i) => shown(lead, i + 1)));
  const { state } = await open();
  await takeSnapshot({ state: path, folder: snapshots, now: 5_000 });
  await log.append(leads.slice(0, 3).map((lead, i) => shown(lead, 30 + i)));
  await catchUp(state, log);
  log.reads = 0;
  const clean = async (): Promise<string> => {
    const other = openMemoryState({ features, epoch: log.epoch() });
    await catchUp(other, log);
    return digest(other);
  };
  return { log, path, snapshots, state, open, clean };
}

describe('a snapshot of a state', () => {
  it('is where a node begins that has no state', async () => {
    const { log, path, snapshots, state, open, clean } = await begun('new');
    expect(readSnapshot(snapshots)).toMatchObject({ offset: 20, epoch: 0, taken: 5_000 });
    state.close();
    rmSync(path, { recursive: true });
    const again = await open();
    expect([again.rebuilt, again.state.offset(), log.reads]).toEqual([false, 23, 3]);
    expect(digest(again.state)).toBe(await clean());
    again.state.close();
  });

  it('takes the place of a state that was written to when the machine stopped', async () => {
    const { log, path, state, open, clean } = await begun('cut off');
    state.close();
    noteRunning(path, 'another boot');
    const file = join(path, 'data.mdb');
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xaa, bytes.length / 2)); // pages that never came to the disk
    expect(wasCutOff(path)).toBe(true);
    const again = await open();
    expect([again.rebuilt, log.reads]).toEqual([true, 3]);
    expect(digest(again.state)).toBe(await clean());
    again.state.close();
    expect(wasCutOff(path)).toBe(false);
  });

  it('is not used where it is damaged, of another epoch or ahead of the log', async () => {
    const { log, path, snapshots, state, open, clean } = await begun('unusable');
    const name = readdirSync(snapshots).find((entry) => entry.endsWith('.mdb'));
    const at = { epoch: () => 0, end: () => 23 };
    const copy = join(base, 'copy');
    expect(adoptSnapshot(snapshots, copy, at)).toBe(true);
    expect(adoptSnapshot(snapshots, copy, { ...at, epoch: () => 1 })).toBe(false);
    expect(adoptSnapshot(snapshots, copy, { ...at, end: () => 19 })).toBe(false);
    const bytes = readFileSync(join(snapshots, name!));
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(join(snapshots, name!), bytes);
    expect(adoptSnapshot(snapshots, copy, at)).toBe(false);
    state.close();
    rmSync(path, { recursive: true });
    const again = await open();
    expect([digest(again.state), log.reads > 20]).toEqual([await clean(), true]);
    again.state.close();
    writeFileSync(join(snapshots, 'snapshot.json'), '{"format":');
    expect(readSnapshot(snapshots)).toBeUndefined();
  });

  it('is one: the next replaces it, and an erasure leaves none', async () => {
    const { path, snapshots, state } = await begun('one');
    await takeSnapshot({ state: path, folder: snapshots, now: 6_000 });
    expect(readdirSync(snapshots).length).toBe(2);
    expect(readSnapshot(snapshots)).toMatchObject({ offset: 23, taken: 6_000 });
    dropSnapshots(snapshots);
    expect(readdirSync(snapshots)).toEqual([]);
    state.close();
    await expect(takeSnapshot({ state: join(base, 'nothing'), folder: snapshots, now: 0 })).rejects.toThrow(/holds no state/u);
  });
});

it('a state that a killed process left is whole, one that the machine stopped in is not', () => {
  const folder = join(base, 'mark');
  noteRunning(folder);
  expect(wasCutOff(folder)).toBe(false);
  noteRunning(folder, 'another boot');
  expect(wasCutOff(folder)).toBe(true);
  noteRunning(folder, '1700000000000'); // where the system names no boot: when it was, about
  expect([wasCutOff(folder, '1700000050000'), wasCutOff(folder, '1700000200000')]).toEqual([false, true]);
});
