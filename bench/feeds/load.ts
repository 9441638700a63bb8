/**
 * How fast the feed loader takes a day's file: `node bench/feeds/load.ts [ROWS] [RUNS]`. CSV and Parquet in turn, each into a new cell: marker
 * checked, rows counted, mapped, through the gate, durable in the log; first of records that the cell does not know, then a day later of
 * the same ones. Prints rows a second of wall and of processor time, medians.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { DAY, systemClock } from '../../src/base/index.ts';
import { openCell } from '../../src/cell/index.ts';
import { folderInbox } from '../../src/cli/feed-folder.ts';
import { feedRound } from '../../src/cli/feed-round.ts';
import { openGate } from '../../src/cli/gate.ts';
import { openFeedStore, type Feed } from '../../src/feeds/index.ts';
import { openLmdbLog } from '../../src/log/index.ts';
import { readMapping } from '../../src/mapping/index.ts';

const [rows = 100_000, runs = 3] = process.argv.slice(2).map(Number);
const { objects, rates } = readMapping({
  objects: { Invoices: { is: 'erp.daily', id: 'AccountId', fields: { amount_overdue: 'Overdue', amount_open: 'Open', credit_state: 'Credit', own_number_1: 'Machines' } } },
});
const iso = (before: number): string => new Date(Math.floor(Date.now() / DAY - before) * DAY).toISOString().slice(0, 10);

const columns = {
  AccountId: { type: 'STRING', data: Array.from({ length: rows }, (_, i) => `001${String(i).padStart(15, '0')}`) },
  Overdue: { type: 'DOUBLE', data: Array.from({ length: rows }, (_, i) => (i % 9) * 125.5) },
  Open: { type: 'DOUBLE', data: Array.from({ length: rows }, (_, i) => (i % 31) * 1_000) },
  Credit: { type: 'STRING', data: Array.from({ length: rows }, (_, i) => ['good', 'watch', 'hold'][i % 3]!) },
  Machines: { type: 'INT32', data: Array.from({ length: rows }, (_, i) => i % 40) },
} as const;
type Name = keyof typeof columns;
const names = Object.keys(columns) as Name[];

const contents: Record<string, () => string | Buffer> = {
  csv: () => [names.join(','), ...Array.from({ length: rows }, (_, i) => names.map((name) => columns[name].data[i]).join(',')), ''].join('\n'),
  parquet: () => Buffer.from(parquetWriteBuffer({ columnData: names.map((name) => ({ name, type: columns[name].type, data: [...columns[name].data] })) })),
};

interface Cost {
  wall: number;
  processor: number;
}

/** Seconds for the first day, and for the second. */
async function once(kind: string): Promise<[Cost, Cost]> {
  const [data, inbox] = [mkdtempSync(join(tmpdir(), 'leadrank-load-')), mkdtempSync(join(tmpdir(), 'leadrank-inbox-'))];
  const feed: Feed = { name: 'erp', object: 'Invoices', file: 'erp-{day}*', dueHours: 0, weekdays: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'], since: null, skip: [] };
  const cell = openCell({ dir: join(data, 'us'), region: 'us', clock: systemClock });
  const log = openLmdbLog({ path: cell.paths.log, clock: systemClock });
  const into = { cell, log, gate: openGate(cell, systemClock), clock: systemClock, objects, rates };
  const take = async (before: number): Promise<Cost> => {
    const file = `erp-${iso(before)}.${kind}`;
    writeFileSync(join(inbox, file), contents[kind]!());
    writeFileSync(join(inbox, `${file}.done`), String(rows));
    const [begun, used] = [performance.now(), process.cpuUsage()];
    const outcomes = await feedRound({ inbox: folderInbox(inbox), feeds: [feed], store: openFeedStore(join(data, 'feeds')), into, refused: new Map(), signal: new AbortController().signal });
    const { user, system } = process.cpuUsage(used);
    if (outcomes[0]?.rejected !== 0) throw new Error(JSON.stringify(outcomes));
    return { wall: (performance.now() - begun) / 1000, processor: (user + system) / 1e6 };
  };
  const costs: [Cost, Cost] = [await take(2), await take(1)];
  await log.close();
  await cell.close();
  for (const dir of [data, inbox]) rmSync(dir, { recursive: true, force: true });
  return costs;
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const rate = (seconds: number[]): string => Math.round(rows / median(seconds)).toLocaleString('en').padStart(9);
const results = new Map(Object.keys(contents).map((kind) => [kind, [] as [Cost, Cost][]]));
for (let run = 0; run < runs; run++) for (const [kind, all] of results) all.push(await once(kind));
console.log(`${rows.toLocaleString('en')} rows, median of ${runs}; rows a second`);
for (const [kind, all] of results) {
  for (const [at, name] of ['new records', 'known records'].entries()) {
    const costs = all.map((one) => one[at]!);
    console.log(`${kind.padEnd(8)} ${name.padEnd(14)} wall ${rate(costs.map((one) => one.wall))}   processor ${rate(costs.map((one) => one.processor))}`);
  }
}
