import type { LoggedEvent, SubjectId } from '../../events/index.ts';
import type { Containers } from '../containers.ts';
import { compileFolds } from '../folds.ts';
import { memoryStore } from '../memory/store.ts';
import { createProjection } from '../projection.ts';
import type { FeatureSpec } from '../spec.ts';
import type { StateRow } from '../store.ts';
import { createVocabularies } from '../vocabulary.ts';
import { addParts } from './hierarchy.ts';
import { hearMessage, offsetIn, unpackMessage } from './messages.ts';
import type { RunEntry } from './runs.ts';
import { isOfManager } from './tenures.ts';

export interface SharedOptions {
  readonly told: readonly LoggedEvent[];
  readonly features: readonly FeatureSpec[];
  /** What counts in rows that are folded in the order of the log, in that order. */
  readonly messages: Iterable<RunEntry>;
  /** What the leads and opportunities of users did: of each user in a row, its whole and then its parts by `partOf`. */
  readonly parts: Iterable<RunEntry>;
}

/**
 * Folds what many share and few are: users, their teams, and what is folded in the order of the log. Returns their rows and lists by
 * table, in ascending order; of opportunities what was counted of their members. All of it fits into memory.
 */
export function foldShared({ told, features, messages, parts }: SharedOptions): Map<string, StateRow[]> {
  const vocabularies = createVocabularies();
  const folds = compileFolds(features, { vocabularies });
  const store = memoryStore();
  let here: Containers | undefined;
  const state = createProjection({ store, features, compiled: { folds, vocabularies }, containers: (own) => (here = own) });
  const tenures = new Map<string, (SubjectId | null)[]>();
  let offset = 0;
  const fold = (event: LoggedEvent): void => {
    state.fold([{ ...event, offset: offset++ }]);
    if (!isOfManager(event)) return;
    if (!tenures.has(event.subject)) tenures.set(event.subject, [null]);
    tenures.get(event.subject)!.push(state.user(event.subject)!.manager);
  };

  let next = 0;
  for (const { key, value } of messages) {
    const at = offsetIn(key.toString());
    while (next < told.length && told[next]!.offset <= at) hear(told[next++]!);
    const message = unpackMessage(value);
    if (message.says === 'event') fold(message.event);
    else hearMessage(message, here!, folds);
  }
  while (next < told.length) hear(told[next++]!);
  state.fold([]); // keeps what the last messages changed

  const tables = new Map<string, StateRow[]>();
  const rows = new Map<string, DataView>();
  for (const row of store.all()) {
    if (row.table === 'rows') rows.set(row.key, new DataView(row.bytes.slice().buffer));
    else if (!ELSEWHERE.has(row.table)) listOf(row.table).push(row);
  }
  addParts(parts, { fold: folds.of('owner'), rows, tenures });
  const keys = [...rows.keys()].toSorted((a, b) => (a < b ? -1 : 1));
  tables.set('rows', keys.map((key) => ({ table: 'rows', key, bytes: new Uint8Array(rows.get(key)!.buffer) })));
  return tables;

  function listOf(table: string): StateRow[] {
    let list = tables.get(table);
    if (list === undefined) tables.set(table, (list = []));
    return list;
  }

  function hear(event: LoggedEvent): void {
    if (event.type === 'user.changed' || event.type === 'control.subject.erased') fold(event);
  }
}

/** What is the same for all is found elsewhere. */
const ELSEWHERE = new Set(['meta', 'words', 'seen', 'adoption']);
