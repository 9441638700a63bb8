import { spawnSync } from 'node:child_process';
import { closeSync, cpSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cellPaths, type CellPaths } from '../src/cell/index.ts';
import { readConfig, type Config } from '../src/cli/config.ts';
import { openNode } from '../src/cli/node.ts';
import { mappedFiles, type MappedFile } from '../src/cli/pages.ts';
import { digest } from '../src/features/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-damaged-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MAIN = resolve('src/cli/main.ts');
const PAGE = 4_096;
const config = (name: string): Config => ({ ...readConfig({ data: join(folder, name) }), logLevel: 'silent' });
let folded = '';

/** A cell with some records, closed. */
beforeAll(async () => {
  const node = await openNode(config('whole'));
  const token = await node.issuer.token({ user: 'crm', role: 'service', scope: 'crm', minutes: 5 });
  const events = Array.from({ length: 400 }, (_, n) =>
    ({ specversion: '1.0', id: `e${n}`, source: 'salesforce', type: 'lead.created', subject: `00Q${n}`, time: new Date(Date.now() - n * 60_000).toISOString(), data: { owner: `005${n % 7}` } }));
  const { statusCode } = await node.app.inject({ method: 'POST', url: '/v1/events', headers: { authorization: `Bearer ${token}` }, payload: events });
  expect(statusCode).toBe(202);
  await node.caughtUp();
  folded = digest(node.state);
  await node.stop();
});

/** A copy of which a leaf of a file says that a transaction to come wrote it: LMDB would write to it where it lies, and die. */
function damaged(name: string, holds: MappedFile['holds'], end: 'left open' | 'closed'): { paths: CellPaths; file: string; of: Config } {
  const of = config(name);
  cpSync(config('whole').dir, of.dir, { recursive: true });
  const paths = cellPaths(of.dir);
  const file = mappedFiles(paths).find((one) => one.holds === holds)!.path;
  const bytes = readFileSync(file);
  const leaves = Array.from({ length: bytes.length / PAGE }, (_, page) => page).filter((page) => page > 1 && bytes.readUInt16LE(page * PAGE + 18) === 2 && Number(bytes.readBigUInt64LE(page * PAGE)) === page);
  for (const page of leaves) bytes.writeUInt8(255, page * PAGE + 13);
  writeFileSync(file, bytes);
  if (end === 'left open') writeFileSync(join(of.dir, 'cell.pid'), '4194305\n');
  return { paths, file, of };
}

const doctor = (dir: string, ...flags: string[]): { code: number | null; checks: { name: string; status: string; detail: string; remedy?: string }[] } => {
  const { status, stdout } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, 'doctor', '--json', '--data', dirname(dir), ...flags], { encoding: 'utf8' });
  return { code: status, checks: JSON.parse(stdout) };
};

test('a state with a damaged page is folded anew where the process before did not close the cell', async () => {
  const { of, file } = damaged('state', 'state', 'left open');
  const told: string[] = [];
  const before = doctor(of.dir);
  expect([before.code, before.checks.find(({ name }) => name === 'pages')]).toEqual([1, {
    name: 'pages', status: 'error', detail: expect.stringMatching(/data\.mdb: page \d+ is damaged: it is newer than the newest transaction$/u), remedy: 'remove its folder: it is folded again from the log',
  }]);
  expect(before.checks.some(({ name }) => name === 'state')).toBe(false); // what would end the process is not opened
  const node = await openNode(of, { onCheck: () => told.push('checked') });
  expect([told, digest(node.state), existsSync(file)]).toEqual([['checked'], folded, true]);
  await node.stop();
  const again = await openNode(of, { onCheck: () => told.push('checked') });
  await again.stop();
  expect(told).toEqual(['checked']);
  const after = doctor(of.dir, '--pages');
  expect([after.code, after.checks.find(({ name }) => name === 'pages')?.status, after.checks.some(({ name }) => name === 'state')]).toEqual([0, 'ok', true]);
});

test.each(['log', 'identities'] as const)('a damaged page of the %s is named, and what to do', async (holds) => {
  const { of, file } = damaged(holds, holds, 'left open');
  const rule = /^page \d+ is damaged: it is newer than the newest transaction$/u;
  const fault = { kind: 'corrupt', value: file, rule: expect.stringMatching(rule), remedy: 'restore the cell from a backup' };
  await expect(openNode(of)).rejects.toMatchObject(fault);
  await expect(openNode(of)).rejects.toMatchObject(fault); // it is not forgotten by who was refused
  expect(doctor(of.dir).checks).toContainEqual(expect.objectContaining({ name: 'pages', status: 'error', remedy: fault.remedy }));
});

test('doctor looks at the pages of a cell that was closed where it is asked to', () => {
  const { of } = damaged('asked', 'log', 'closed');
  expect(doctor(of.dir, '--pages').checks).toContainEqual(expect.objectContaining({ name: 'pages', status: 'error' }));
});

test('last scores and lists with a damaged page are begun anew', async () => {
  const { of, paths } = damaged('scores', 'state', 'left open');
  const lists = join(paths.scores, 'lists.mdb');
  const fd = openSync(lists, 'r+');
  writeFileSync(fd, 'a disk that went bad '.repeat(500));
  closeSync(fd);
  const node = await openNode(of);
  expect(digest(node.state)).toBe(folded);
  await node.stop();
  expect(readFileSync(lists).includes('a disk that went bad')).toBe(false);
});
