import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { LoggedEvent } from '../../events/index.ts';
import { logged } from '../conformance.ts';
import { LEAD_FEATURES } from '../defaults/index.ts';
import { digest } from '../digest.ts';
import { openMemoryState } from '../memory/state.ts';
import { openLmdbState } from './state.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-killed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LEADS = 150;

/** A history of a few thousand events over as many leads as fit. */
function history(): LoggedEvent[] {
  const events = Array.from({ length: LEADS }, (_, i) =>
    logged(i, 'lead.created', `ld_${i}`, { owner: `us_${i % 7}`, industry: `industry ${i % 11}` }, { time: i * 1_000 }));
  for (let i = LEADS; i < 6_000; i++) {
    const type = i % 97 === 0 ? 'lead.converted' : i % 5 === 0 ? 'call.logged' : 'web.visited';
    events.push(logged(i, type, `ld_${(i * 31) % LEADS}`, { page: 'home', seconds: i % 60, outcome: 'connected' }, { time: i * 60_000 }));
  }
  return events;
}

/** Folds in a process of its own, a few events a transaction, and tells the offset after each; killed at `after`. */
async function foldUntilKilled(script: string, path: string, after: number): Promise<void> {
  const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (Number(text.trimEnd().split('\n').at(-1)) >= after) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.on('close', resolve));
}

it('a fold that is killed goes on where it was, byte for byte as if nothing had happened', async () => {
  const events = history();
  const script = join(folder, 'fold.ts');
  const path = join(folder, 'state');
  const here = import.meta.dirname;
  writeFileSync(join(folder, 'events.json'), JSON.stringify(events));
  writeFileSync(script, `
    import { readFileSync, writeSync } from 'node:fs';
    import { openLmdbState } from ${JSON.stringify(join(here, 'state.ts'))};
    import { LEAD_FEATURES } from ${JSON.stringify(join(here, '..', 'defaults', 'index.ts'))};
    const events = JSON.parse(readFileSync(${JSON.stringify(join(folder, 'events.json'))}, 'utf8'));
    const state = openLmdbState({ path: process.argv[2], features: LEAD_FEATURES });
    while (state.offset() < events.length) {
      state.fold(events.slice(state.offset(), state.offset() + 40));
      writeSync(1, state.offset() + '\\n');
    }
    state.close();
  `);
  const offsets: number[] = [];
  for (const after of [300, 1_500, 3_000]) {
    await foldUntilKilled(script, path, after);
    const state = openLmdbState({ path, features: LEAD_FEATURES });
    offsets.push(state.offset());
    const clean = openMemoryState({ features: LEAD_FEATURES });
    clean.fold(events.slice(0, state.offset()));
    expect(digest(state)).toBe(digest(clean));
    state.close();
  }
  expect(offsets[0]).toBeGreaterThanOrEqual(300);
  expect(offsets[0]).toBeLessThan(events.length);
  const state = openLmdbState({ path, features: LEAD_FEATURES });
  state.fold(events);
  const clean = openMemoryState({ features: LEAD_FEATURES });
  clean.fold(events);
  expect(digest(state)).toBe(digest(clean));
  state.close();
});
