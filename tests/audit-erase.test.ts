import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { openCell } from '../src/cell/index.ts';
import { auditCommand } from '../src/cli/audit.ts';
import { doctorCommand } from '../src/cli/doctor.ts';
import { openGate } from '../src/cli/gate.ts';
import { importCommand } from '../src/cli/import.ts';
import { isRejection, type Event } from '../src/events/index.ts';
import { openLog } from '../src/log/index.ts';

const RECORDS: [kind: string, id: string, type: string, data: object][] = [
  ['lead', '00Q1', 'lead.created', { owner: '005A' }],
  ['contact', '0031', 'contact.created', { account: '0011' }],
  ['opportunity', '0061', 'opportunity.created', { owner: '005A', account: '0011' }],
  ['account', '0011', 'account.created', { owner: '005A' }],
  ['visitor', 'cookie-1', 'web.visited', { page: 'pricing' }],
];

const IN_TWO_LENGTHS: typeof RECORDS = ['00QA0000006Vm9r', '00QA0000006Vm9rMAC'].map((id) => ['lead', id, 'lead.created', { owner: '005A' }]);

let data: string;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'leadrank-erase-'));
  const cell = openCell({ dir: join(data, 'us'), region: 'us', clock: Date.now });
  const log = openLog({ path: cell.paths.log, clock: Date.now });
  const gate = openGate(cell, Date.now);
  const events = [...RECORDS, ...IN_TWO_LENGTHS].map(([subjectkind, subject, type, of], i) => gate.parse({ specversion: '1.0', id: `e${i}`, source: 'test', type, subject, subjectkind, time: '2026-01-05T10:00:00Z', data: of }, { scopes: ['crm', 'web'] }));
  expect(events.filter(isRejection)).toEqual([]);
  await log.append(events as Event[]);
  await log.close();
  await cell.close();
});
afterAll(() => rmSync(data, { recursive: true, force: true }));
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

async function said(command: Command, ...args: string[]): Promise<string> {
  const written: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  await command.parseAsync([...args, '--data', data], { from: 'user' });
  return written.join('');
}
const audit = (...args: string[]): Promise<string> => said(auditCommand(), ...args);

test('`doctor` takes it for no fault that a cell has no state yet', async () => {
  const checks = JSON.parse(await said(doctorCommand(), '--json')) as { name: string; status: string; detail: string }[];
  expect(checks.filter(({ name }) => ['cell', 'journal', 'state', 'level', 'levels', 'history'].includes(name)).map(({ name, status }) => [name, status])).toEqual([['cell', 'ok'], ['journal', 'ok'], ['state', 'warning'], ['history', 'ok']]);
});

describe('`audit erase`', () => {
  test.each(RECORDS)('erases a %s by its id, once', async (_kind, id) => {
    expect(await audit('erase', id)).toMatch(/^Erasure receipt er_.*the link to the outside id was deleted.*Log {9}1 events removed/su);
    await expect(audit('erase', id)).rejects.toThrow(/: was erased, receipt er_[0-9a-z]{20}; nothing is left to do/u);
  });

  test('finds an id of Salesforce in its other length, and a second subject of it the next time', async () => {
    const ids = IN_TWO_LENGTHS.map(([, id]) => id);
    expect(await audit('erase', ids[0]!)).toMatch(/^Erasure receipt er_/u);
    expect(await audit('erase', ids[0]!)).toMatch(/^Erasure receipt er_/u);
    for (const id of ids) await expect(audit('erase', id)).rejects.toThrow(/nothing is left to do/u);
  });

  test('says of whom it does not know that there is nobody', async () => {
    await expect(audit('erase', '00Q2')).rejects.toThrow(/no such record is known, or it was erased already; see the receipts in/u);
  });

  test('leaves a receipt of each, and a journal that holds', async () => {
    expect(readdirSync(join(data, 'us', 'receipts'))).toHaveLength(RECORDS.length + IN_TWO_LENGTHS.length);
    expect(await audit('verify')).toMatch(/^0 decisions in 1 segment: the chain holds; none erased\n$/u);
  });
});

describe('who was erased', () => {
  /** Imports two leads, of whom one was erased: the reasons of what was refused, and how many leads the cell knows then. */
  const imported = async (first: string): Promise<string> => {
    const file = join(data, 'export.csv');
    rmSync(`${file}.rejects.csv`, { force: true });
    writeFileSync(file, `Id,Owner,Industry\n${first},005A,retail\n00Q9,005A,energy\n`);
    const { taken, rejected } = JSON.parse(await said(importCommand(), file, '--id', 'Id', '--owner', 'Owner', '--json')) as { taken: number; rejected: number };
    return `${taken} ${rejected} ${existsSync(`${file}.rejects.csv`) ? readFileSync(`${file}.rejects.csv`, 'utf8').trim() : ''}`;
  };
  const known = async (): Promise<boolean> => {
    const cell = openCell({ dir: join(data, 'us'), region: 'us', clock: Date.now, role: 'guest' });
    const found = cell.identities.find('lead', '00Q1') !== undefined;
    await cell.close();
    return found;
  };

  test('does not come back with an old export, and the row says why', async () => {
    expect(await imported('00Q1')).toMatch(/^1 1 row,code,reason\n1,suppressed,.*lead.created.v2 subject: was erased here and is on the suppression list; erase it at the source.*audit readmit/su);
    expect(await known()).toBe(false);
  });

  test('comes back as somebody new after `readmit`, of which the log tells', async () => {
    expect(await audit('readmit', '00Q1')).toMatch(/^Off the suppression list, where receipt er_/u);
    await expect(audit('readmit', '00Q1')).rejects.toThrow(/"00Q1": is not on the suppression list of this region; check the id/u);
    expect(await imported('00Q1')).toBe('2 0 ');
    expect(await known()).toBe(true);
    const log = openLog({ path: join(data, 'us', 'log'), clock: Date.now });
    const readmitted = [...log.read(0)].find(({ type }) => type === 'control.subject.readmitted');
    expect(readdirSync(join(data, 'us', 'receipts'))).toContain(`${readmitted!.data['receipt']}.json`);
    await log.close();
  });
});
