/**
 * Replay of a history into a training set, and the same by point-in-time SQL in DuckDB: `node bench/features/replay.ts [LEADS] [RUNS]`.
 * Every run is a process of its own that reads the Parquet history and writes a Parquet training set; the two alternate. The
 * values are held equal. Leads are sampled at six ages, and then, of a fourth as many leads, on each of sixty days: the shape of
 * every decision that was shown, where the cost of a join is the product. DuckDB needs `bench/peers/setup.sh`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { LEAD_FEATURES } from '../../src/features/index.ts';
import { planOf, writeTrainingSet, type EncodedSamples } from '../../src/lifecycle/index.ts';
import { replayEncoded } from '../../src/lifecycle/replay/replay.ts';
import { openHistory } from '../../src/log/index.ts';
import { DAY } from '../../src/base/index.ts';
import { CROWD_START } from './crowd.ts';
import { crowdHistory } from './history.ts';
import { SQL_FEATURES, sqlOf } from './replay-features.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const PYTHON = resolve(ROOT, 'build', 'peers', 'bin', 'python');
const [leads = '42000', runs = '3', role] = process.argv.slice(2);
const base = resolve(ROOT, 'build', 'bench');
const folder = resolve(base, `linked-${leads}`);
const outOf = (name: string): string => resolve(base, `set-${name}`);
const FEATURES = { sql: SQL_FEATURES, default: LEAD_FEATURES };
const SHAPES = { 'at six ages': [0.25, 1, 3, 7, 14, 21].map((days) => days * DAY), daily: Array.from({ length: 60 }, (_, day) => (day + 0.5) * DAY) };
type Set = keyof typeof FEATURES;
type Shape = keyof typeof SHAPES;

if (role === undefined) {
  await compare('at six ages', { leads: Number(leads), of: ['default', 'sql'] });
  await compare('daily', { leads: Math.round(Number(leads) / 4), of: ['sql'] });
} else await replay(...(role.split('/') as [Set, Shape]));

/** One run of ours. Prints its seconds, from the start of the process on. */
async function replay(set: Set, shape: Shape): Promise<void> {
  const source = { folder, segments: openHistory(folder).segments(), tail: [] };
  const plan = planOf({ until: CROWD_START + 300 * DAY, ages: SHAPES[shape], moments: 'at ages' });
  let writing = 0;
  async function* timed(): AsyncGenerator<EncodedSamples> {
    for await (const piece of replayEncoded({ source, features: FEATURES[set], plan })) {
      const begun = performance.now();
      yield piece;
      writing += performance.now() - begun;
    }
  }
  const log = { end: openHistory(folder).end(), epoch: 0 };
  const { rows } = await writeTrainingSet({ out: outOf(set), samples: timed(), features: FEATURES[set], plan, log });
  const replayed = process.uptime() - writing / 1_000;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.log(JSON.stringify({ rows, replayed, seconds: process.uptime(), cpu: (userCPUTime + systemCPUTime) / 1e6, mb: Math.round(maxRSS / 1024) }));
}

async function compare(shape: Shape, { leads: many, of: sets }: { leads: number; of: readonly Set[] }): Promise<void> {
  mkdirSync(base, { recursive: true });
  const of = resolve(base, `linked-${many}`);
  const events = crowdHistory(of, { leads: many, links: 'all' });
  const job = resolve(base, 'replay-sql.json');
  writeFileSync(job, JSON.stringify({
    parts: `${of}/*/*.parquet`, samples: `${outOf('sql')}/samples.parquet`, out: resolve(base, 'set-duckdb.parquet'), threads: availableParallelism(),
    features: SQL_FEATURES.map((feature) => ({ name: feature.name, sql: sqlOf(feature) })),
  }));
  const results: Record<string, Record<string, number>[]> = { default: [], sql: [], duckdb: [] };
  for (let run = 0; run < Number(runs); run++) {
    for (const set of sets) {
      rmSync(outOf(set), { recursive: true, force: true });
      results[set]!.push(measured(process.execPath, ['--disable-warning=ExperimentalWarning', import.meta.filename, String(many), runs, `${set}/${shape}`]));
    }
    if (existsSync(PYTHON)) results['duckdb']!.push(measured(PYTHON, [resolve(import.meta.dirname, 'replay-duckdb.py'), job]));
  }
  console.log(`${many.toLocaleString('en')} leads sampled ${shape}: ${events.toLocaleString('en')} events, ${availableParallelism()} processors`);
  for (const [name, measures] of Object.entries(results)) {
    if (measures.length === 0) continue;
    const middle = (key: string): number => measures.map((one) => one[key]!).toSorted((a, b) => a - b)[Math.floor(measures.length / 2)]!;
    console.log(`  ${name}: ${middle('rows').toLocaleString('en')} samples, ${middle('seconds').toFixed(2)} s (replay ${middle('replayed').toFixed(2)} s: ${Math.round(events / middle('replayed')).toLocaleString('en')} events/s), processor ${middle('cpu').toFixed(2)} s, ${middle('mb')} MB`);
    if (measures[0]!['different'] !== undefined) console.log(`    values that differ: ${middle('different')} of ${middle('values').toLocaleString('en')}`);
  }
}

function measured(program: string, args: string[]): Record<string, number> {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, NODE_COMPILE_CACHE: resolve(ROOT, 'build', 'compile-cache') } });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, number>;
}
