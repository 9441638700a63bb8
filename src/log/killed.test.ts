import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { random } from '../base/index.ts';
import { newSubject } from '../events/index.ts';
import { openLog } from './open.ts';

const FIXTURE = fileURLToPath(new URL('compact.fixture.ts', import.meta.url));
const KILLS = Number(process.env['LEADRANK_KILLS'] ?? 6);
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'leadrank-killed-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('loses no acknowledged event and doubles none, whenever its writer is killed: in an append, a compaction, an erasure', { timeout: KILLS * 10_000 }, async () => {
  const dice = random(KILLS);
  const [kept, gone] = [newSubject('lead'), newSubject('lead')];
  const acknowledged: number[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const child = spawn(process.execPath, [FIXTURE, folder, kept, gone], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    let opened: () => void = () => {};
    const open = new Promise<void>((done) => (opened = done));
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('open')) opened();
    });
    const closed = new Promise((done) => void child.once('close', done));
    await open;
    await sleep(dice.below(400));
    child.kill('SIGKILL');
    await closed;
    for (const line of said.split('\n').slice(1, -1)) acknowledged.push(...line.split(' ').map(Number));

    const log = openLog({ path: folder, clock: () => 1_000 });
    const events = [...log.read(0)];
    const offsets = events.map(({ offset }) => offset);
    expect(offsets).toEqual([...new Set(offsets)].toSorted((a, b) => a - b));
    expect(events.every(({ id, offset }) => id === `e_${offset}`)).toBe(true);
    const there = new Set(events.flatMap(({ subject, offset }) => (subject === kept ? [offset] : [])));
    expect(acknowledged.filter((offset) => !there.has(offset))).toEqual([]);
    expect(acknowledged.length).toBe(new Set(acknowledged).size);
    // what the kill cut short is finished by the next writer, and leaves no file behind
    await log.erase(gone);
    await log.compact({ keep: 10, size: 30 });
    expect([...log.read(0)].filter(({ subject }) => subject === gone)).toEqual([]);
    expect(log.history.interrupted()).toBeUndefined();
    const named = log.history.segments().flatMap(({ parts }) => parts.map(({ file }) => file));
    const found = readdirSync(log.historyFolder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.parquet'));
    expect(found.toSorted()).toEqual(named.toSorted());
    await log.close();
  }
});
