import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { random } from '../src/base/index.ts';
import { catchUp, digest, LEAD_FEATURES, openMemoryState, openStateOf, type State } from '../src/features/index.ts';
import { openLog } from '../src/log/index.ts';

const WRITER = resolve('tests/support/writer.fixture.ts');
const KILLS = Number(process.env['LEADRANK_KILLS'] ?? 4);
const features = LEAD_FEATURES;
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'leadrank-killed-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the writer, kills it a moment after so many events, and gives what it said to be acknowledged: id → offset. */
async function killed(seed: number, events: number, moment: number): Promise<[string, number][]> {
  const child = spawn(process.execPath, [WRITER, folder, String(seed)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const worked = new Promise<void>((done) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.split('\n').length > events) done();
    });
  });
  const closed = new Promise((done) => void child.once('close', done));
  await Promise.race([worked, closed]);
  await sleep(moment);
  child.kill('SIGKILL');
  await closed;
  return said.split('\n').slice(1, -1).map((line): [string, number] => [line.split(' ')[0]!, Number(line.split(' ')[1])]);
}

it('whenever a cell is killed or its machine stops, no acknowledged event is lost, none counts twice, and its state is a clean replay’s', { timeout: 30_000 + KILLS * 15_000 }, async () => {
  const dice = random(KILLS);
  const acknowledged = new Map<number, string>();
  let history = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    for (const [id, offset] of await killed(kill, 25 + dice.below(150), dice.below(40))) {
      expect(acknowledged.has(offset)).toBe(false);
      acknowledged.set(offset, id);
    }
    const log = openLog({ path: join(folder, 'log'), clock: () => 0 });
    const found = new Map([...log.read(0)].map(({ offset, id }) => [offset, id]));
    expect([...acknowledged].filter(([offset, id]) => found.get(offset) !== id)).toEqual([]);
    expect([...found.keys()]).toEqual(Array.from({ length: log.end() }, (_, offset) => offset));
    const clean = openMemoryState({ features });
    await catchUp(clean, log);
    expect(clean.counts().events).toBe(new Set(found.values()).size);
    if (kill % 2 === 1) cutOff(join(folder, 'state'));
    const state = await opened(log);
    expect(digest(state)).toBe(digest(clean));
    state.close();
    history = log.history.end();
    await log.close();
  }
  expect(history).toBeGreaterThan(0);
  expect(acknowledged.size).toBeGreaterThan(KILLS * 20);
});

/** As after a stop of the machine: half of what was written never came to the disk. */
function cutOff(state: string): void {
  const file = join(state, 'data.mdb');
  if (!existsSync(file)) return;
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0xa5, bytes.length >> 1));
  writeFileSync(join(state, 'running'), 'another boot\n');
}

async function opened(log: ReturnType<typeof openLog>): Promise<State> {
  const { state } = await openStateOf({ path: join(folder, 'state'), snapshots: join(folder, 'snapshots'), features, log });
  return state;
}
