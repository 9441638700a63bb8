import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTable, systemClock } from '../src/base/index.ts';
import { openCell } from '../src/cell/index.ts';
import { openNote } from '../src/cli/import-note.ts';
import { importRows, type Tally } from '../src/cli/import-rows.ts';
import { openLmdbLog, type Log } from '../src/log/index.ts';
import { columnsRead, createRowMapper, readMapping } from '../src/mapping/index.ts';

const { objects, rates } = readMapping({
  objects: {
    Lead: {
      is: 'lead', id: 'Id', time: 'Created',
      fields: { owner: 'Owner', employees: 'Employees', opted_out: 'OptedOut', industry: 'Industry' },
      outcome: { column: 'Status', at: 'Moved', values: { active: ['New'], converted: ['Won'] } },
    },
  },
});
const object = objects['Lead']!;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadrank-parquet-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Done {
  tally: Tally | undefined;
  events: { type: string; time: number; data: object }[];
  appended: number;
}

/** One run of an import into the cell `name`; `wrap` may disturb its log. */
async function run(path: string, name: string, { wrap = (log: Log) => log, signal = new AbortController().signal } = {}): Promise<Done> {
  const file = await openTable(path);
  const cell = openCell({ dir: join(folder, name), region: 'us', clock: systemClock });
  const log = openLmdbLog({ path: cell.paths.log, clock: systemClock });
  const toEvents = createRowMapper({ object, rates, header: file.header, now: 0 });
  try {
    const job = { file, columns: columnsRead(object), cell, log: wrap(log), toEvents, note: openNote(cell.dir, path, object), rejects: join(folder, 'rejects.csv'), update: () => {}, signal };
    const tally = await importRows(job).catch((error: Error) => {
      if (error.message !== 'dies' && !signal.aborted) throw error;
      return undefined;
    });
    const all = [...log.read(0)];
    const events = [...new Map(all.map((event) => [event.id, event])).values()].map(({ type, time, data: { owner: _owner, ...data } }) => ({ type, time, data }));
    return { tally, events, appended: all.length };
  } finally {
    file.close();
    await log.close();
    await cell.close();
  }
}

const born = Date.UTC(2026, 0, 5);
const leads = (count: number) => Array.from({ length: count }, (_, i) => ({
  Id: `00Q${i}`, Created: new Date(born + i * 1000), Owner: '005A', Employees: i % 7 === 0 ? null : BigInt(i), OptedOut: i % 2 === 0, Industry: i % 3 === 0 ? null : 'Energy, oil',
  Status: i % 5 === 0 ? 'Won' : 'New', Moved: new Date(born + 86_400_000),
}));
type Row = ReturnType<typeof leads>[number];
const types = { Id: 'STRING', Created: 'TIMESTAMP', Owner: 'STRING', Employees: 'INT64', OptedOut: 'BOOLEAN', Industry: 'STRING', Status: 'STRING', Moved: 'TIMESTAMP' } as const;

function parquetOf(rows: readonly Row[]): string {
  const path = join(folder, 'leads.parquet');
  const columnData = Object.entries(types).map(([name, type]) => ({ name, type, data: rows.map((row) => row[name as keyof Row]) }));
  writeFileSync(path, Buffer.from(parquetWriteBuffer({ columnData, rowGroupSize: 2_000 })));
  return path;
}
function csvOf(rows: readonly Row[]): string {
  const path = join(folder, 'leads.csv');
  const text = (value: unknown): string => (value === null ? '' : value instanceof Date ? value.toISOString() : `"${String(value)}"`);
  writeFileSync(path, [Object.keys(types).join(','), ...rows.map((row) => Object.keys(types).map((name) => text(row[name as keyof Row])).join(','))].join('\n'));
  return path;
}

test('a Parquet file brings in what the same rows as CSV bring in', async () => {
  const rows = leads(200);
  const [parquet, csv] = [await run(parquetOf(rows), 'a'), await run(csvOf(rows), 'b')];
  expect(parquet.tally).toMatchObject({ rows: 200, taken: 200, rejected: 0 });
  expect(parquet.events).toEqual(csv.events);
  expect(parquet.events[2]).toMatchObject({ type: 'lead.created', time: born + 1000, data: { employees: 1, opted_out: false, industry: 'Energy, oil' } });
});

test('a Parquet file with rows that are refused lists them with reasons', async () => {
  const { tally } = await run(parquetOf(leads(20).map((row, i) => Object.assign(row, { Employees: i === 3 ? 99_999_999n : row.Employees }))), 'a');
  expect(tally).toMatchObject({ rows: 20, taken: 19, rejected: 1 });
  expect(readFileSync(join(folder, 'rejects.csv'), 'utf8')).toMatch(/^row,code,reason\n4,wrong-field,/u);
});

test('what was refused of a file before is not there any more when none of it is refused; another file stays', async () => {
  const rejects = join(folder, 'rejects.csv');
  await run(parquetOf(leads(5).map((row, i) => Object.assign(row, { Employees: i === 3 ? 99_999_999n : row.Employees }))), 'c');
  expect(existsSync(rejects)).toBe(true);
  await run(parquetOf(leads(5)), 'c');
  expect(existsSync(rejects)).toBe(false);
  writeFileSync(rejects, 'mine\n');
  await run(parquetOf(leads(6)), 'c');
  expect(readFileSync(rejects, 'utf8')).toBe('mine\n');
});

test('an import that dies or is interrupted goes on where it was', async () => {
  const path = parquetOf(leads(6_000));
  let batches = 0;
  const wrap = (log: Log): Log => ({
    ...log,
    async append(events, stamp) {
      if (batches++ === 1) throw new Error('dies');
      return log.append(events, stamp);
    },
  });
  expect(await run(path, 'a', { wrap })).toMatchObject({ tally: undefined, appended: 10_000 });
  const interrupt = new AbortController();
  const interrupting = (log: Log): Log => ({ ...log, append: async (events, stamp) => (interrupt.abort(), log.append(events, stamp)) });
  expect((await run(path, 'a', { wrap: interrupting, signal: interrupt.signal })).appended).toBe(12_000);
  expect(await run(path, 'a')).toMatchObject({ tally: { rows: 6_000, taken: 6_000, before: 6_000 }, appended: 12_000 });
  expect(await run(path, 'a')).toMatchObject({ tally: { before: 0 }, appended: 24_000 });
});
