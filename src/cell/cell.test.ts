import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGate, isRejection, type Event, type Rejection } from '../events/index.ts';
import { openCell, type Cell } from './cell.ts';

const NOW = Date.UTC(2026, 2, 2, 8, 30);
const DAY = 86_400_000;
let dir: string;
let cells: Cell[];
let now: number;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'leadrank-cell-'));
  cells = [];
  now = NOW;
});
afterEach(async () => {
  for (const cell of cells) await cell.close();
  rmSync(dir, { recursive: true, force: true });
});

function open(options: { region?: string; role?: 'owner' | 'guest' } = {}): Cell {
  const cell = openCell({ dir, region: 'eu', clock: () => now, ...options });
  cells.push(cell);
  return cell;
}

const faultOf = (kind: string) => expect.objectContaining({ name: 'Fault', kind }) as Error;
const bytesHold = (text: string): boolean =>
  readdirSync(dir, { recursive: true, withFileTypes: true }).some(
    (entry) =>
      entry.isFile() && entry.name !== 'cell.lock' && readFileSync(join(entry.parentPath, entry.name)).includes(text),
  );

describe('a cell', () => {
  it('is made at the first start, with private keys, and is the same at the next', async () => {
    const first = open();
    const modes = ['data.key', 'signing.pem'].map((name) => statSync(join(first.paths.keys, name)).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600]);
    const secret = first.keys.derive('quarantine').toString('hex');
    await first.close();
    await first.close();
    const second = open();
    expect([second.id, second.region, second.keys.derive('quarantine').toString('hex')]).toEqual([
      first.id,
      'eu',
      secret,
    ]);
    expect(second.keys.derive('identity-index').toString('hex')).not.toBe(secret);
  });

  it('belongs to one process; a guest may look in', () => {
    const cell = open();
    expect(() => open()).toThrow(faultOf('conflict'));
    expect(() => open()).toThrow(`process ${process.pid}`);
    const subject = cell.identities.subjectOf('lead', '00Q1');
    expect(open({ role: 'guest' }).identities.find('lead', '00Q1')).toBe(subject);
  });

  it('that cannot be locked, as on a full disk, is not said to be another process’s', async () => {
    await open().close();
    writeFileSync(join(dir, 'cell.lock'), 'no database '.repeat(500));
    expect(() => open()).toThrow(faultOf('unavailable'));
    expect(() => open()).toThrow(/cannot be locked: file is not a database/u);
  });

  it('is free again when its owner was killed', async () => {
    const source = `import { openCell } from ${JSON.stringify(new URL('cell.ts', import.meta.url).href)};
      openCell({ dir: ${JSON.stringify(dir)}, region: 'eu', clock: Date.now });
      console.log('open'); setInterval(() => {}, 1e6);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => void owner.stdout.once('data', resolve));
    expect(() => open()).toThrow(`process ${owner.pid}`);
    const ended = new Promise((resolve) => void owner.once('exit', resolve));
    owner.kill('SIGKILL');
    await ended;
    expect(open().region).toBe('eu');
  });

  it('refuses another region, a later format, a lost or an open key, and a folder without a cell', async () => {
    expect(() => open({ role: 'guest' })).toThrow(faultOf('missing'));
    expect(() => open({ region: '../eu' })).toThrow(faultOf('input'));
    const cell = open();
    const key = join(cell.paths.keys, 'data.key');
    await cell.close();
    expect(() => open({ region: 'us' })).toThrow(faultOf('conflict'));
    chmodSync(key, 0o644);
    expect(() => open()).toThrow(faultOf('forbidden'));
    rmSync(key);
    expect(() => open()).toThrow(faultOf('missing'));
    writeFileSync(key, 'short', { mode: 0o600 });
    expect(() => open()).toThrow(faultOf('corrupt'));
    writeFileSync(join(dir, 'cell.json'), '{"format":2}');
    expect(() => open()).toThrow(faultOf('newer'));
    writeFileSync(join(dir, 'cell.json'), '{"format":1');
    expect(() => open()).toThrow(faultOf('corrupt'));
  });
});

describe('the quarantine of a cell', () => {
  const crm = { scopes: ['crm'] as const };
  const lead = (subject: string, data: object, time = '2026-03-02T08:00:00Z'): object => ({
    specversion: '1.0',
    id: `${subject}:1`,
    source: 'salesforce',
    type: 'lead.created.v2',
    subject,
    time,
    data,
  });
  const early = '2026-03-02T09:00:00Z'; // from the future, until the clock gets there

  function hold(cell: Cell, raw: object): Rejection {
    const result = createGate({ identities: cell.identities, clock: () => now }).parse(raw, crm);
    if (!isRejection(result)) throw new Error('it passed');
    expect(cell.quarantine.hold(raw, result, crm)).toMatch(/^q_/u);
    return result;
  }

  it('keeps what was refused, encrypted, over a restart', async () => {
    const cell = open();
    const { message } = hold(cell, lead('00QSIM000000123AAA', { first_name: 'Annabella', owner: 5 }));
    expect(bytesHold('Annabella')).toBe(false);
    await cell.close();
    expect(open().quarantine.list()).toMatchObject([{ code: 'wrong-field', message, received: NOW, sender: crm }]);
  });

  it('gives back what passes after a fix, once', async () => {
    const cell = open();
    const gate = createGate({ identities: cell.identities, clock: () => now });
    hold(cell, lead('00QSIM000000123AAA', { owner: '005A' }, early));
    hold(cell, lead('00QSIM000000124AAA', { owner: 5 }));
    now += 3_600_000;
    const appended: Event[] = [];
    const fails = cell.quarantine.replay(gate, async () => Promise.reject(new Error('full')));
    await expect(fails).rejects.toThrow('full');
    const append = async (events: Event[]): Promise<unknown> => appended.push(...events);
    expect(await cell.quarantine.replay(gate, append)).toEqual({ passed: 1, refused: 1 });
    expect(await cell.quarantine.replay(gate, append)).toEqual({ passed: 0, refused: 1 });
    expect(appended.map((event) => event.subject)).toEqual([cell.identities.find('lead', '00QSIM000000123AAA')]);
  });

  it('forgets a subject, wherever it is named, and no other', () => {
    const cell = open();
    for (const data of [{ owner: 5 }, { owner: 5, note: 'see 00QSIM000000999AAA' }])
      hold(cell, lead('00QSIM000000123AAA', data));
    hold(cell, lead('00QSIM000000999AAA', { owner: 5 }));
    const size = statSync(join(cell.paths.quarantine, '2026-03-02.held')).size;
    expect(cell.quarantine.erase('lead', '00QSIM000000999AAA')).toBe(2);
    expect(cell.quarantine.erase('lead', '00QSIM000000999AAA')).toBe(0);
    expect(cell.quarantine.list()).toHaveLength(1);
    const bytes = readFileSync(join(cell.paths.quarantine, '2026-03-02.held'));
    expect(bytes.length).toBe(size);
    expect(bytes.includes(Buffer.alloc(200))).toBe(true);
    hold(cell, lead('00QSIM000000777', { owner: 5 }));
    expect(cell.quarantine.erase('lead', '00QSIM0000007772BA')).toBe(1); // the same id of Salesforce
  });

  it('expires, and survives a torn tail and a flipped bit', () => {
    const cell = open();
    hold(cell, lead('00QSIM000000001AAA', { owner: 5 }));
    now += 20 * DAY;
    const path = join(cell.paths.quarantine, '2026-03-22.held');
    hold(cell, lead('00QSIM000000002AAA', { owner: 5 }));
    const whole = readFileSync(path);
    writeFileSync(path, Buffer.concat([whole, whole.subarray(0, 100)]));
    hold(cell, lead('00QSIM000000003AAA', { owner: 5 }));
    expect(cell.quarantine.list()).toHaveLength(3);
    whole[50]! ^= 1;
    writeFileSync(path, whole);
    expect(cell.quarantine.list()).toHaveLength(1);
    now += 11 * DAY;
    expect(cell.quarantine.expire()).toBe(1);
    expect(cell.quarantine.list()).toHaveLength(0);
  });
});
