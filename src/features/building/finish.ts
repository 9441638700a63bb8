import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { joinUses } from '../adoption.ts';
import { compileFolds, type Folds } from '../folds.ts';
import { endedSince, isEndedBefore } from '../ended.ts';
import { HEADER_BYTES, initHeader } from '../header.ts';
import { layoutOf } from '../layout.ts';
import { fillLmdb } from '../lmdb/fill.ts';
import { pack, unpack } from '../lmdb/packed.ts';
import { DATA } from '../lmdb/store.ts';
import { memoryStore } from '../memory/store.ts';
import { writePosition } from '../position.ts';
import { noteFeatures } from '../projection.ts';
import { blockKey } from '../seen.ts';
import type { StateRow } from '../store.ts';
import { entityOf } from '../subject.ts';
import { runOf, type BuildContext } from './context.ts';
import { joinWords } from './first-words.ts';
import type { ShardSummary } from './members.ts';
import { mergeRuns, type RunEntry } from './runs.ts';
import { foldShared } from './shared.ts';
import type { Tally } from './tally.ts';

/** Tables of which a key is made in one place alone. */
const LISTED = ['aliases', 'became', 'disputes', 'lanes', 'left', 'memberships', 'notes', 'owned', 'team', 'territories', 'users'] as const;

/** Where the state is written before it takes its place. */
export const stateIn = (scratch: string): string => join(scratch, 'state');

/** Whether it is there. It is not where it took its place before the rest of the scratch was removed. */
export const hasFinished = (scratch: string): boolean => existsSync(join(stateIn(scratch), DATA));

/** Puts what the shards made together and writes the state. */
export async function finishState(context: BuildContext, shards: readonly ShardSummary[], tally: Tally): Promise<void> {
  rmSync(stateIn(context.scratch), { recursive: true, force: true }); // one that was cut short is written anew
  await fillLmdb(stateIn(context.scratch), entriesOf(context, shards, tally));
}

function* entriesOf(context: BuildContext, shards: readonly ShardSummary[], { position, blocks }: Tally): Generator<StateRow> {
  const { features, scratch, survey } = context;
  const runs = (table: string): string[] =>
    shards.flatMap(({ files }, shard) => Array.from({ length: files.get(table) ?? 0 }, (_, nth) => runOf(scratch, shard, table, nth)));
  const shared = foldShared({ told: survey.told, features, messages: mergeRuns(runs('messages')), parts: mergeRuns(runs('owners')) });
  const since = endedSince(position.received);
  for (const table of LISTED) {
    for (const row of inOrder(entriesIn(table, runs(table)), shared.get(table) ?? [])) {
      // A shard knows less of what came in last than all together.
      if (table !== 'lanes' || !isEndedBefore(row.key, since)) yield row;
    }
  }
  for (const { key, parts } of byKey(mergeRuns(runs('adoption')))) yield { table: 'adoption', key, bytes: joinUses(parts.map(({ bytes }) => bytes)) };
  for (const [number, bytes] of blocks) yield { table: 'seen', key: blockKey(number), bytes };

  const words = joinWords(shards.map((shard) => shard.words));
  for (const field of [...words.keys()].toSorted()) yield { table: 'words', key: field, bytes: new TextEncoder().encode(JSON.stringify(words.get(field))) };

  const folds = compileFolds(features);
  const rows = (shared.get('rows') ?? []).map(({ table, key, bytes }) => ({ table, key, bytes: pack(bytes).slice() }));
  yield* inOrder(recordRows(runs('rows'), runs('parts'), folds), rows, (own, fed) => ({ ...own, bytes: joined(own.key, own.bytes, [fed], folds) }));

  const counts = { ...position.counts };
  for (const { leads, open } of shards) {
    counts.leads += leads;
    counts.open += open;
  }
  const meta = memoryStore();
  writePosition(meta.meta, { ...position, layout: layoutOf(folds), counts });
  noteFeatures(meta, features);
  yield* meta.all();
}

function* entriesIn(table: string, runs: readonly string[]): Generator<StateRow> {
  for (const { key, value } of mergeRuns(runs)) yield { table, key: key.toString(), bytes: value };
}

/** The rows of records, packed: of what others belong to, its own and the parts that these fed. */
function* recordRows(own: readonly string[], fed: readonly string[], folds: Folds): Generator<StateRow> {
  for (const { key, parts } of byKey(mergeRuns([...own, ...fed]))) {
    const [first] = parts as [KeptEntry];
    const isOwn = first.run < own.length;
    const bytes = isOwn && parts.length === 1 ? first.bytes : joined(key, isOwn ? first.bytes : undefined, isOwn ? parts.slice(1) : parts, folds);
    yield { table: 'rows', key, bytes };
  }
}

/** A packed row, or an empty one, and what was counted of its members elsewhere. */
function joined(key: string, own: Uint8Array | undefined, parts: readonly Pick<KeptEntry, 'bytes'>[], folds: Folds): Uint8Array {
  const fold = folds.of(entityOf(key)!);
  let row: DataView;
  if (own === undefined) {
    row = new DataView(new ArrayBuffer(HEADER_BYTES + fold.bytes));
    initHeader(row);
    fold.init(row, HEADER_BYTES);
  } else row = viewOf(unpack(own));
  for (const { bytes } of parts) {
    const part = viewOf(unpack(bytes));
    for (const { accumulator, at } of fold.regions) accumulator.share?.give(row, HEADER_BYTES + at, accumulator, part, HEADER_BYTES + at);
  }
  return pack(new Uint8Array(row.buffer));
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView => new DataView(buffer, byteOffset, byteLength);

interface KeptEntry {
  readonly run: number;
  readonly bytes: Uint8Array;
}

/** Entries of one key together. */
function* byKey(entries: Iterable<RunEntry>): Generator<{ key: string; parts: KeptEntry[] }> {
  let key = '';
  let parts: KeptEntry[] = [];
  for (const { run, key: bytes, value } of entries) {
    const name = bytes.toString();
    if (name !== key && parts.length > 0) {
      yield { key, parts };
      parts = [];
    }
    key = name;
    parts.push({ run, bytes: Uint8Array.prototype.slice.call(value) });
  }
  if (parts.length > 0) yield { key, parts };
}

/** Two lists that ascend, as one; what has one key is joined. */
function* inOrder(rows: Iterable<StateRow>, others: readonly StateRow[], both: (row: StateRow, other: StateRow) => StateRow = (row) => row): Generator<StateRow> {
  let next = 0;
  for (const row of rows) {
    while (next < others.length && others[next]!.key < row.key) yield others[next++]!;
    yield others[next]?.key === row.key ? both(row, others[next++]!) : row;
  }
  yield* others.slice(next);
}
