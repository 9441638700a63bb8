/**
 * A whole book in small: leads with about ten events each, a visitor tied to each, in Parquet history, replayed into a training set of the default features:
 * `node bench/features/book.ts [LEADS]`, a tenth of them first. Prints events a second, the peak of memory and the samples, and what
 * follows for 45 M leads. Each step is a process of its own; the history is written once.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { DAY } from '../../src/base/index.ts';
import { LEAD_FEATURES } from '../../src/features/index.ts';
import { planOf, writeTrainingSet } from '../../src/lifecycle/index.ts';
import { replayEncoded } from '../../src/lifecycle/replay/replay.ts';
import { openHistory } from '../../src/log/index.ts';
import { CROWD_START } from './crowd.ts';
import { crowdHistory } from './history.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const [size = '450000', role] = process.argv.slice(2);
const BOOK = 45_000_000;
const PER_DAY = 0.185; // over 45 days, with the creation and changes: ten in all
const LEADS_OF = { owner: 2_500, campaign: 10_000 }; // 18,000 owners of the whole
const base = resolve(ROOT, 'build', 'bench');
const folderOf = (leads: number): string => resolve(base, `book-${leads}`);

interface Measured {
  readonly events: number;
  readonly rows: number;
  readonly seconds: number;
  readonly processor: number;
  readonly mb: number;
}

if (role === 'write') write(Number(size));
else if (role === 'replay') await replay(Number(size));
else compare([Number(size) / 10, Number(size)].map((leads) => Math.round(leads)));

function write(leads: number): void {
  const options = { leads, perDay: PER_DAY, links: 'visitors', owners: Math.ceil(leads / LEADS_OF.owner), campaigns: Math.ceil(leads / LEADS_OF.campaign) } as const;
  tell({ events: crowdHistory(folderOf(leads), options), rows: 0 });
}

async function replay(leads: number): Promise<void> {
  const history = openHistory(folderOf(leads));
  const source = { folder: folderOf(leads), segments: history.segments(), tail: [] };
  const plan = planOf({ until: CROWD_START + 300 * DAY });
  const out = `${folderOf(leads)}-set`;
  rmSync(out, { recursive: true, force: true });
  rmSync(`${out}.scratch`, { recursive: true, force: true });
  const samples = replayEncoded({ source, features: LEAD_FEATURES, plan, scratch: `${out}.scratch` });
  const { rows } = await writeTrainingSet({ out, samples, features: LEAD_FEATURES, plan, log: { end: history.end(), epoch: 0 } });
  rmSync(out, { recursive: true, force: true });
  tell({ events: history.end(), rows });
}

function tell(found: { events: number; rows: number }): void {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.log(JSON.stringify({ ...found, seconds: process.uptime(), processor: (userCPUTime + systemCPUTime) / 1e6, mb: Math.round(maxRSS / 1024) } satisfies Measured));
}

function compare(sizes: readonly number[]): void {
  mkdirSync(base, { recursive: true });
  const count = (n: number): string => Math.round(n).toLocaleString('en');
  console.log(`${LEAD_FEATURES.length} default features, ${availableParallelism()} processors, from Parquet history to a Parquet training set`);
  for (const leads of sizes) {
    const written = measured('write', leads);
    const { events, rows, seconds, processor, mb } = measured('replay', leads);
    const each = seconds / events;
    console.log(`${count(leads)} leads, ${count(events)} events (written in ${count(written.seconds)} s, ${written.mb} MB): ${count(rows)} samples in ${seconds.toFixed(1)} s, ${count(1 / each)} events/s, processor ${processor.toFixed(1)} s (${((1e6 * processor) / events).toFixed(1)} µs an event), ${mb} MB`);
    console.log(`  extrapolated, not measured: ${count(BOOK)} leads with ${count((BOOK / leads) * events)} events in ${((each * events * BOOK) / leads / 3_600).toFixed(1)} h`);
  }
}

function measured(what: string, leads: number): Measured {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', import.meta.filename, String(leads), what], { encoding: 'utf8', env: { ...process.env, NODE_COMPILE_CACHE: resolve(ROOT, 'build', 'compile-cache') } });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Measured;
}
