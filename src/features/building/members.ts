import type { LoggedEvent } from '../../events/index.ts';
import { compileFolds } from '../folds.ts';
import { pack } from '../lmdb/packed.ts';
import { memoryStore } from '../memory/store.ts';
import { createProjection, type Compiled } from '../projection.ts';
import type { FeatureSpec } from '../spec.ts';
import type { Seen, Store } from '../store.ts';
import { entityOf } from '../subject.ts';
import { createVocabularies } from '../vocabulary.ts';
import { readShard } from './shard-rows.ts';
import { runOf, type BuildContext } from './context.ts';
import { createWordsSeen, type FirstWords } from './first-words.ts';
import { messageKey, packMessage, type Message } from './messages.ts';
import { APART, orderRows } from './order.ts';
import { createParts } from './parts.ts';
import { createRun, type Run } from './runs.ts';
import { managersOf } from './tenures.ts';

/** What is told of a shard that was folded. */
export interface ShardSummary {
  readonly leads: number;
  readonly open: number;
  readonly words: FirstWords;
  /** By table: in how many files its entries lie. */
  readonly files: ReadonlyMap<string, number>;
}

/** Folds the records of one shard, group by group, by the fold that serves, and lays their rows and lists down sorted. */
export function foldShard(shard: number, context: BuildContext): ShardSummary {
  const { features, scratch, survey, eventsASlice, bytesHeld } = context;
  const compiled = compiledOf(features);
  const words = createWordsSeen(compiled.folds.columns);
  const rows = readShard(shard, context);
  const { batches } = rows;
  for (const { columns, subjects } of batches) words.look(columns, subjects);
  const ordered = orderRows(rows);
  const run = createRun({ path: (table, nth) => runOf(scratch, shard, table, nth), most: bytesHeld });
  const erasedUsers = new Map(survey.told.flatMap(({ type, data, offset: at }) => (type === 'control.subject.erased' ? [[String(data['subject']), at] as const] : [])));
  const sum = { leads: 0, open: 0 };
  let offsets: number[] = [];
  let folded = (): number => 0;
  const offset = (): number => offsets[folded() - 1]!;
  let sent = 0;
  const send = (message: Message, at = offset()): void => run.put('messages', messageKey(at, sent++), packMessage(message));
  for (const { subjects, read } of batches) {
    for (let row = 0; row < subjects.length; row++) if (subjects[row] === APART) sendEvent(read(row));
  }
  const parts = createParts({ ...survey, folds: compiled.folds, managers: managersOf(survey.told), offset, send });

  let events: LoggedEvent[] = [];
  const flush = (): void => {
    const store = freshStore(erasedUsers, offset);
    const state = createProjection({ store, features, compiled, containers: () => parts });
    folded = state.offset;
    state.fold(events);
    const { leads, open } = state.counts();
    sum.leads += leads;
    sum.open += open;
    layDown(store, run);
    events = [];
    offsets = [];
  };
  for (let group = 0; group < ordered.groups; group++) {
    for (let at = ordered.starts[group]!; at < ordered.starts[group + 1]!; at++) {
      const event = batches[ordered.batches[at]!]!.read(ordered.rows[at]!);
      if (survey.ordered.has(event.subject)) send({ says: 'touch', to: event.subject }, event.offset);
      offsets.push(event.offset);
      events.push(Object.assign(event, { offset: events.length })); // groups do not follow one another in the log
    }
    if (events.length >= eventsASlice) flush();
  }
  if (events.length > 0) flush();
  for (const [key, row] of parts.all()) run.put(entityOf(key) === 'owner' ? 'owners' : 'parts', key, pack(new Uint8Array(row.buffer)));
  return { ...sum, words: words.finish(), files: run.finish() };

  function sendEvent(event: LoggedEvent): void {
    send({ says: 'event', event }, event.offset);
  }
}

let held: { readonly features: readonly FeatureSpec[]; readonly compiled: Compiled } | undefined;

/** Compiled once a thread: which words its vocabularies hold is of no account, as rows hold codes. */
function compiledOf(features: readonly FeatureSpec[]): Compiled {
  if (held?.features !== features) {
    const vocabularies = createVocabularies();
    held = { features, compiled: { folds: compileFolds(features, { vocabularies }), vocabularies } };
  }
  return held.compiled;
}

/** That an event comes again is known of the history. */
const NEVER_AGAIN: Seen = { admit: () => true, save: () => {}, rewind: () => {} };

/** What users were shown and answered before they were erased is not counted under their names. */
function freshStore(erased: ReadonlyMap<string, number>, offset: () => number): Store {
  const store = memoryStore();
  const { put } = store.adoption;
  const adoption = { ...store.adoption, put: (key: string, bytes: Uint8Array) => void ((erased.get(key) ?? -1) < offset() && put(key, bytes)) };
  return { ...store, adoption, seen: NEVER_AGAIN };
}

/** What is the same for all shards is found elsewhere. */
const ELSEWHERE = new Set(['meta', 'words', 'seen']);

function layDown(store: Store, run: Run): void {
  for (const { table, key, bytes } of store.all()) {
    if (!ELSEWHERE.has(table)) run.put(table, key, table === 'rows' ? pack(bytes) : bytes);
  }
}
