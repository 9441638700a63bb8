import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decisionFixture } from './decision.fixture.ts';
import { openJournal } from './journal.ts';
import { openLedger } from './ledger.ts';
import { endOf, openSegment } from './segment.ts';
import { verifyJournals } from './verify.ts';

const FIXTURE = fileURLToPath(new URL('append.fixture.ts', import.meta.url));

let dir: string;
beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'leadrank-kill-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Starts a writer, kills it after some acknowledgements and gives the number of acknowledged decisions. */
async function writeUntilKilled(acknowledgements: number): Promise<number> {
  const child = spawn(process.execPath, [FIXTURE, dir, '20000'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (said.split('\n').length > acknowledgements) child.kill('SIGKILL');
  });
  await once(child, 'close');
  expect(child.signalCode).toBe('SIGKILL');
  return (said.split('\n').length - 1) * 3;
}

test('a writer killed at any moment loses nothing that it acknowledged, and the next one goes on', async () => {
  const acknowledged = await writeUntilKilled(20);
  const journal = await openJournal({ dir, server: 'a' });
  await journal.append([decisionFixture(1_000_000)]);
  await journal.close();
  const { ok, records } = verifyJournals(dir);
  expect(ok).toBe(true);
  expect(records).toBeGreaterThan(acknowledged);
  const ledger = openLedger(dir);
  for (let n = 0; n < acknowledged; n++) expect(ledger.find(decisionFixture(n).id)?.decision.offset).toBe(n);
  expect(ledger.find(decisionFixture(1_000_000).id)).toBeDefined();
  ledger.close();
});

test.skipIf(process.platform === 'win32')(
  'a full disk refuses an append with one line and leaves a whole journal',
  async () => {
    // A limit on the size of files stands for the end of the disk: the write that crosses it is cut short, then fails.
    const script = 'trap "" XFSZ; ulimit -f 60; exec "$0" "$@"';
    const { stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, FIXTURE, dir, '1000000'], {
      encoding: 'utf8',
    });
    const acknowledged = (stdout.split('\n').length - 1) * 3;
    expect(acknowledged).toBeGreaterThan(10);
    expect(stderr).toMatch(/^Fault: .*\.journal: the system refused it \(EFBIG\); see the cause$/);
    expect(verifyJournals(dir)).toMatchObject({ ok: true, records: acknowledged });
    const reader = openSegment(dir, 'a-00000001.journal');
    expect(reader.size()).toBe(endOf([...reader.records()].at(-1)!));
    reader.close();
    const journal = await openJournal({ dir, server: 'a' });
    await journal.append([decisionFixture(1_000_000)]);
    await journal.close();
    expect(verifyJournals(dir)).toMatchObject({ ok: true, records: acknowledged + 1, segments: 1 });
  },
);
