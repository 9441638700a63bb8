import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const bin = join(root, 'bin', 'leadrank');
const artefacts = join(root, 'test-results');
const browserPath = process.env['LEADRANK_CHROMIUM'] || ['/usr/bin/chromium'].find((path) => existsSync(path));
const BROWSER_FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

let data: string;
let started: { child: ChildProcess; url: string; talk: string };

/** Runs `bin/leadrank up --simulate` until it prints the page's address. */
async function up(...flags: string[]): Promise<typeof started> {
  const child = spawn(bin, ['up', '--simulate', '--data', data, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  let talk = '';
  child.stderr.on('data', (chunk) => (talk += chunk));
  const url = await new Promise<string>((found, fail) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const match = /The page: (\S+)/.exec(text);
      if (match) found(match[1]!);
    });
    child.on('exit', (code) => fail(new Error(`ended with ${code}:\n${talk}`)));
  });
  return { child, url, get talk() { return talk; } };
}

/** A first start that is killed while it simulates: the next one must go on from there. */
async function interruptedStart(): Promise<void> {
  const child = spawn(bin, ['up', '--simulate', '--data', data, '--port', '0'], { stdio: 'ignore' });
  const noted = join(data, 'us', 'simulation.json');
  const late = (): boolean => existsSync(noted) && JSON.parse(readFileSync(noted, 'utf8')).until > JSON.parse(readFileSync(noted, 'utf8')).start;
  while (!late()) {
    if (child.exitCode !== null) throw new Error(`the first start ended with ${child.exitCode}`);
    await sleep(20);
  }
  await ended(child, 'SIGKILL');
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  return new Promise((done) => {
    child.on('exit', (code) => done(code));
    child.kill(signal);
  });
}

const leadrank = (...args: string[]): { status: number | null; stdout: string; stderr: string } => {
  const { status, stdout, stderr } = spawnSync(bin, args, { encoding: 'utf8', cwd: root });
  return { status, stdout, stderr };
};

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'leadrank-start-'));
  mkdirSync(artefacts, { recursive: true });
  await interruptedStart();
  started = await up('--port', '0');
});

afterAll(async () => {
  if (started.child.exitCode === null) await ended(started.child, 'SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

async function users(): Promise<{ id: string; name: string; role: string }[]> {
  return (await fetch(new URL('/local/users', started.url))).json() as Promise<{ id: string; name: string; role: string }[]>;
}

describe.runIf(browserPath)('the page in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: browserPath!, args: BROWSER_FLAGS });
  });
  afterAll(() => browser.close());

  test('shows a rep the ranked list with reasons, and a lead its insight', async () => {
    const rep = (await users()).find(({ role }) => role === 'rep')!;
    const page = await browser.newPage({ viewport: { width: 1360, height: 900 } });
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(`${started.url}?user=${rep.id}`);
    const rows = page.locator('c-worklist-item');
    await rows.first().waitFor({ timeout: 30_000 });
    expect(await rows.count()).toBeGreaterThan(5);
    await page.screenshot({ path: join(artefacts, 'worklist.png') });
    await rows.first().locator('a').first().click();
    const insight = page.locator('c-lead-insight');
    await insight.getByText('Why this one').waitFor({ timeout: 30_000 });
    await insight.getByText('Where the data comes from').waitFor();
    await page.screenshot({ path: join(artefacts, 'insight.png') });
    expect(faults).toEqual([]);
    await page.close();
  });

  test('done takes a lead off the list at once, and the service agrees', async () => {
    const rep = (await users()).filter(({ role }) => role === 'rep')[1]!;
    const page = await browser.newPage({ viewport: { width: 1360, height: 900 } });
    await page.goto(`${started.url}?user=${rep.id}`);
    const first = page.locator('c-worklist-item').first();
    const name = await first.locator('a').first().innerText();
    const answered = page.waitForResponse((response) => response.url().endsWith('/sendFeedback'));
    await first.getByRole('button', { name: /done/i }).click();
    expect((await answered).status()).toBe(201);
    const listed = await (await page.request.post(`${started.url}apex/LeadRankController/getWorklist`, {
      headers: { 'x-leadrank-user': rep.id },
      data: { maxItems: 200 },
    })).json() as { items: { name: string }[] };
    expect(listed.items.map((item) => item.name)).not.toContain(name);
    await page.close();
  });

  test('a foreign host name bound to this address is refused', async () => {
    const status = await new Promise((done) => {
      request(new URL('/local/users', started.url), { headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        done(response.statusCode);
      }).end();
    });
    expect(status).toBe(403);
  });
});

if (!browserPath) {
  test('the page in Chromium', (context) => {
    if (process.env['CI']) throw new Error('CI needs Chromium');
    context.skip('no Chromium on this machine');
  });
}

describe('the terminal beside a running cell', () => {
  test('worklist, explain, audit and doctor ask the process that runs', async () => {
    const rep = (await users()).find(({ role }) => role === 'rep')!;
    const list = leadrank('worklist', rep.name, '--data', data, '--limit', '3', '--json');
    expect(list.stderr).toBe('');
    const { items, level } = JSON.parse(list.stdout) as { items: { record: string; decision: string }[]; level: string };
    expect([items.length, level]).toEqual([3, 'L0']);
    expect(leadrank('worklist', rep.id, '--data', data).stdout).toContain(`Worklist of ${rep.name}`);

    const explained = leadrank('explain', items[0]!.record, '--data', data);
    expect(explained.stdout).toMatch(/(?:converts within 30 days|is won within 90 days) with probability \d/);
    expect(leadrank('audit', 'replay', items[0]!.decision, '--data', data).stdout).toContain('the same to the last bit');
    expect(leadrank('audit', 'receipt', items[0]!.decision, '--data', data).stdout).toContain(items[0]!.decision);
    expect(leadrank('audit', 'verify', '--data', data)).toMatchObject({ status: 0, stdout: expect.stringContaining('the chain holds') });
    const doctor = leadrank('doctor', '--data', data);
    expect(doctor.stdout).toContain(`process ${started.child.pid} answers`);
    expect(doctor.stdout).toMatch(/leads +model [0-9a-f]{32}.*\n.*opportunities +model [0-9a-f]{32}/u); // the first start trains both
    expect(doctor.status).toBe(0);
  });

  test('a second process for the same cell, a reset, an unknown record and user: one clear line each', () => {
    for (const [args, words] of [
      [['up', '--data', data], 'runs already'],
      [['reset', '--yes', '--data', data], 'is in use by process'],
      [['explain', '00Q000000000000AAA', '--data', data], 'is not known here'],
      [['worklist', 'Nobody At All', '--data', data], 'try one of'],
      [['worklist', 'x', '--data', join(data, 'nowhere')], 'holds no cell'],
      [['up', '--cell', 'mars', '--data', data], 'must be us or eu'],
    ] as const) {
      const { status, stderr } = leadrank(...args);
      expect(stderr).toContain(words);
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(status).toBe(2);
    }
  });
});

describe('stopping and starting again', () => {
  test('Ctrl-C drains and ends with 0; the next start goes on from the data, on another port where the first is taken', async () => {
    expect(await ended(started.child, 'SIGINT')).toBe(0);
    expect(existsSync(join(data, 'us', 'server.json'))).toBe(false);

    const blocker = createServer();
    await new Promise<void>((done) => {
      blocker.listen(0, '127.0.0.1', done);
    });
    const { port } = blocker.address() as { port: number };
    started = await up('--port', String(port));
    expect(started.talk).toContain(`port ${port} is taken: using ${port + 1}`);
    expect(started.talk).toContain('Catching up');
    expect(started.talk).not.toContain('Training');
    blocker.close();
  });

  test('kill -9 loses nothing that was acknowledged: the next start answers as before', async () => {
    const rep = (await users()).find(({ role }) => role === 'rep')!;
    const ask = async (): Promise<{ items: { record: string }[]; data: { offset: number } }> =>
      JSON.parse(leadrank('worklist', rep.id, '--data', data, '--json').stdout) as { items: { record: string }[]; data: { offset: number } };
    const before = await ask();
    await ended(started.child, 'SIGKILL');
    started = await up('--port', '0');
    expect((await ask()).data.offset).toBeGreaterThanOrEqual(before.data.offset);
    expect(leadrank('audit', 'verify', '--data', data).status).toBe(0);
  });

  test('without a running process the terminal opens the cell itself; erasing leaves a receipt; reset begins anew', async () => {
    const rep = (await users()).find(({ role }) => role === 'rep')!;
    await ended(started.child, 'SIGTERM');
    const { items } = JSON.parse(leadrank('worklist', rep.id, '--data', data, '--json').stdout) as { items: { record: string; decision: string }[] };
    const [first] = items;
    const receipt = JSON.parse(leadrank('audit', 'erase', first!.record, '--data', data, '--json').stdout) as { receipt: string; events: number };
    expect(receipt.events).toBeGreaterThan(0);
    expect(leadrank('audit', 'replay', first!.decision, '--data', data).stderr).toContain(`erased, receipt ${receipt.receipt}`);
    expect(leadrank('explain', first!.record, '--data', data).status).toBe(2);
    expect(leadrank('audit', 'verify', '--data', data).stdout).toContain('erased');

    expect(leadrank('reset', '--data', data)).toMatchObject({ status: 2, stderr: expect.stringContaining('--yes') });
    expect(leadrank('reset', '--yes', '--data', data).status).toBe(0);
    expect(existsSync(join(data, 'us'))).toBe(false);
  });
});

test('the version of the help is the version of the package', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(leadrank('--version').stdout.trim()).toBe(version);
  expect(leadrank('--help').stdout).toContain('worklist');
});
