import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { onDisk } from '../../base/index.ts';
import type { FeatureSpec } from '../../features/index.ts';
import { BUCKETS } from '../../log/index.ts';
import { concat, joinSaid, joinTables } from './assemble.ts';
import type { EncodedSamples } from './encode.ts';
import { bucketIn, isMoving } from './identity.ts';
import { GRAIN, type Job, type JobContext, type JobResult, type MemberSummary } from './job.ts';
import { tyingBuckets } from './kin-job.ts';
import { joinKin } from './kin.ts';
import type { SamplePlan } from './plan.ts';
import { createPool, type Pool } from './pool.ts';
import { readingsOf } from './readings.ts';
import { runMembers } from './run-members.ts';
import { removePile } from './scatter-events.ts';
import { folderScratch, memoryScratch, type Scratch } from './scratch.ts';
import type { SampleTable } from './sample-table.ts';
import { layKin } from './roots.ts';
import { removeShelf } from './shelf.ts';
import type { ReplaySource } from './source.ts';

export interface ReplayOptions {
  readonly source: ReplaySource;
  readonly features: readonly FeatureSpec[];
  readonly plan: SamplePlan;
  /** 0: in this thread. */
  readonly threads?: number;
  /** About how many events a part of the work has: its memory goes with them. */
  readonly rowsAPart?: number | undefined;
  /**
   * Where parts of the work lie between steps. When the replay is cut short it stays, and the next one with the same source,
   * features and plan goes on from there. Where none is named it has one of its own, which goes when the replay ends.
   */
  readonly scratch?: string | undefined;
  /** The folder below which it has one of its own; the machine's temporary one where none is named. */
  readonly room?: string | undefined;
  /** Told how many rows were replayed, and how many there are to be. */
  readonly onProgress?: ((done: number, all: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const SMALL = 30_000; // rows for which a thread does not pay
const ROWS = 250_000; // of events, with which a part of the work deals: its memory goes with them
const SLICE = 100_000; // of samples
const [OF_CONTAINERS, OF_FINISHING] = [0.15, 0.05]; // of the work

/** As `replaySlices`, in one table. Rejects with the reason of an abort. */
export async function replaySamples(options: ReplayOptions): Promise<SampleTable> {
  const tables: SampleTable[] = [];
  for await (const table of replaySlices(options)) tables.push(table);
  return joinTables(tables);
}

/**
 * Replays a log into samples, in tables that follow one another in time. Each event is read once: first the records, one by one,
 * which send on what counts elsewhere; then those that they are linked to, from what was sent; then what was asked of these is put
 * into the samples. Between these steps all lies in a scratch folder, so that memory hardly grows with the history. The result is
 * the same for any number of threads and parts.
 */
export async function* replaySlices(options: ReplayOptions): AsyncGenerator<SampleTable> {
  for await (const { table } of replayAs('table', options)) yield table!;
}

/** As `replaySlices`, as they stand in a training set. */
export async function* replayEncoded(options: ReplayOptions): AsyncGenerator<EncodedSamples> {
  for await (const { encoded } of replayAs('file', options)) yield encoded!;
}

async function* replayAs(as: 'table' | 'file', { scratch: folder, room = tmpdir(), threads, ...options }: ReplayOptions): AsyncGenerator<JobResult> {
  const rows = rowsOf(options.source);
  const size = threads ?? (rows < SMALL ? 0 : availableParallelism());
  const scratch = folder !== undefined ? folderScratch(folder, 'flushed') : size === 0 ? memoryScratch() : folderScratch(onDisk(room, () => mkdtempSync(join(room, 'leadrank-replay-'))), 'left to the system');
  let isOver = folder === undefined;
  try {
    yield* slicesIn(scratch, as, { ...options, threads: size });
    isOver = true;
  } finally {
    if (scratch.folder !== null && isOver) rmSync(scratch.folder, { recursive: true, force: true });
  }
}

async function* slicesIn(scratch: Scratch, as: 'table' | 'file', { source, features, plan, threads, rowsAPart = ROWS, onProgress, signal }: ReplayOptions & { threads: number }): AsyncGenerator<JobResult> {
  const rows = rowsOf(source);
  const readings = readingsOf(features, plan.target);
  const { senders, parts } = shapeOf(scratch, readings.linked.size, { least: Math.max(1, threads), wanted: rows / rowsAPart });
  const context: JobContext = { source, plan, readings, senders, parts };
  const pool = createPool(context, scratch, { threads, signal });
  const all = rows * (1 + OF_CONTAINERS + OF_FINISHING);
  let done = 0;
  const told = (share: number) => (): void => onProgress?.(Math.min(all, (done += share)), all);
  try {
    const moving = await findKin(pool, scratch, source);
    const piles = (await pool.run(moving.map((bucket): Job => ({ kind: 'move', bucket })))).map(({ pile }) => pile!);
    const cast = Array.from({ length: BUCKETS }, (_, bucket) => ({ bucket, came: piles }));
    const members = await runMembers(pool, scratch, { cast, senders, atOnce: Math.max(1, threads), onDone: told(rows / senders) });
    for (const pile of piles) removePile(scratch, pile);
    await pool.run(Array.from({ length: parts }, (_, part): Job => ({ kind: 'containers', part })), told((rows * OF_CONTAINERS) / parts));
    for (let sender = 0; sender < senders; sender++) removeShelf(scratch, `mail-${sender}`);
    const bounds = boundsOf(members);
    const finished = told((rows * OF_FINISHING) / senders);
    await pool.run(members.map((_, sender): Job => ({ kind: 'finish', sender, bounds })), (_, sender) => {
      scratch.remove(`members-${sender}`); // samples lie in the scratch once, not twice
      removeShelf(scratch, `asks-${sender}`);
      finished();
    });
    for (let part = 0; part < parts; part++) removeShelf(scratch, `answers-${part}`);
    const said = joinSaid(members);
    const slices = bounds.slice(1).map((_, slice): Job => ({ kind: 'slice', slice, said, as }));
    for (let at = 0; at < slices.length; at += Math.max(1, threads)) yield* await pool.run(slices.slice(at, at + Math.max(1, threads)));
  } finally {
    await pool.close();
  }
}

/** Finds who must be dealt with together, and lays that down. Returns the buckets from which some may have to go elsewhere. */
async function findKin(pool: Pool, scratch: Scratch, source: ReplaySource): Promise<number[]> {
  const buckets = tyingBuckets(source);
  const found = (await pool.run(buckets.map((bucket): Job => ({ kind: 'kin', bucket })))).map(({ kin }) => kin!);
  const knots = joinKin(concat(found.map(({ ties }) => ties), new Float64Array(found.reduce((sum, { ties }) => sum + ties.length, 0))));
  layKin(scratch, knots);
  const moving = new Set(buckets.filter((_, i) => found[i]!.hasLeaves));
  for (const member of knots.members) if (isMoving(member)) moving.add(bucketIn(member));
  return [...moving].toSorted((a, b) => a - b);
}

interface Shape {
  readonly senders: number;
  readonly parts: number;
}

/** Into how many parts the work is cut: as it was where it was begun already, on a machine with more processors even. */
function shapeOf(scratch: Scratch, linked: number, { least, wanted }: { least: number; wanted: number }): Shape {
  if (scratch.has('shape')) return JSON.parse(Buffer.from(scratch.read('shape')).toString()) as Shape;
  const senders = Math.max(least, Math.ceil(wanted));
  const shape: Shape = {
    senders: senders <= BUCKETS ? senders : Math.ceil(senders / BUCKETS) * BUCKETS,
    parts: linked === 0 ? 0 : Math.max(least, Math.ceil(wanted)),
  };
  scratch.write('shape', [Buffer.from(JSON.stringify(shape))]);
  return shape;
}

/** The times at which slices of so many samples begin, ms, whole grains each, and the end of the last. */
function boundsOf(members: readonly MemberSummary[]): number[] {
  const grains = new Map<number, number>();
  for (const part of members) for (const [i, grain] of part.grains.numbers.entries()) grains.set(grain, (grains.get(grain) ?? 0) + part.grains.counts[i]!);
  const bounds = [-Infinity];
  let held = 0;
  for (const grain of [...grains.keys()].toSorted((a, b) => a - b)) {
    if (held >= SLICE) {
      bounds.push(grain * GRAIN);
      held = 0;
    }
    held += grains.get(grain)!;
  }
  return [...bounds, Infinity];
}

function rowsOf({ segments, tail }: ReplaySource): number {
  const held = segments.reduce((sum, { parts }) => parts.reduce((rows, part) => rows + part.rows, sum), 0);
  return tail.reduce((sum, columns) => sum + (columns?.count ?? 0), held);
}
