import { Fault } from '../base/index.ts';
import type { LoggedEvent, SubjectId } from '../events/index.ts';
import { foldFeatures } from './fold.ts';
import { getOwner, getStatus } from './header.ts';
import { foldLead } from './lead.ts';
import { compileLayout, emptyRow, layoutHash } from './layout.ts';
import { readPosition, startPosition, writePosition, type Position } from './position.ts';
import { readRecord } from './record.ts';
import { sourceOf } from './sources.ts';
import type { FeatureSpec } from './spec.ts';
import type { State } from './state.ts';
import type { Store } from './store.ts';
import { foldUser, forgetUser } from './user.ts';
import { createVocabularies } from './vocabulary.ts';

export interface ProjectionOptions {
  store: Store;
  features: readonly FeatureSpec[];
  /** The log's epoch; a store that was folded under another one is refused. Default: whatever the store has. */
  epoch?: number | undefined;
  access?: 'write' | 'read' | undefined;
}

/**
 * A state over a store. Throws a Fault `conflict` when the store was folded with other features or under another epoch of
 * the log: it must be rebuilt.
 */
export function createProjection({ store, features, epoch, access = 'write' }: ProjectionOptions): State {
  const vocabularies = createVocabularies({
    load: (feature) => parseWords(store.words.get(feature)),
    save: (feature, words) => store.words.put(feature, new TextEncoder().encode(JSON.stringify(words))),
  });
  let held = adopt(readPosition(store.meta), layoutHash(features), epoch);
  const layout = compileLayout(features, vocabularies);
  /** The rows that the running transaction has touched. */
  const rows = new Map<SubjectId, DataView>();
  const position = (): Position => (access === 'write' ? held : (readPosition(store.meta) ?? held));

  const stored = (subject: SubjectId): DataView | undefined => {
    const bytes = store.leads.get(subject);
    return bytes === undefined ? undefined : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };

  const touched = (subject: SubjectId): DataView => {
    const known = rows.get(subject);
    if (known !== undefined) return known;
    const row = stored(subject) ?? emptyRow(layout);
    rows.set(subject, row);
    return row;
  };

  const save = (): void => {
    for (const [subject, row] of rows) store.leads.put(subject, new Uint8Array(row.buffer, row.byteOffset, row.byteLength));
    rows.clear();
    vocabularies.save();
    writePosition(store.meta, held);
  };

  /** Runs a change in one transaction; what fails leaves the state at the last transaction's end. */
  const change = <T>(work: () => T): T => {
    if (access === 'read') {
      throw new Fault({ kind: 'conflict', value: 'state', rule: 'is open for reading only', remedy: 'fold in the process that owns the cell' });
    }
    try {
      return store.transaction(() => {
        const result = work();
        save();
        return result;
      });
    } catch (error) {
      rows.clear();
      vocabularies.reload();
      held = readPosition(store.meta) ?? held;
      throw error;
    }
  };

  const foldLeadEvent = (event: LoggedEvent): void => {
    const row = touched(event.subject);
    if (!event.type.startsWith('lead.')) {
      foldLead(row, event);
      foldFeatures(layout, row, event);
      return;
    }
    const before = getStatus(row);
    const owner = getOwner(row);
    foldLead(row, event);
    foldFeatures(layout, row, event);
    const after = getStatus(row);
    const newOwner = getOwner(row);
    if (before === after && owner === newOwner) return;
    if (before === 'unknown' && after !== 'unknown') held.counts.leads += 1;
    held.counts.open += Number(after === 'open') - Number(before === 'open');
    if (before === 'open' && owner !== null) store.owned.remove(owner, event.subject);
    if (after === 'open' && newOwner !== null) store.owned.add(newOwner, event.subject);
  };

  const forget = (subject: SubjectId): boolean => {
    const row = rows.get(subject) ?? stored(subject);
    if (row === undefined) return forgetUser(store, subject);
    const status = getStatus(row);
    const owner = getOwner(row);
    if (status !== 'unknown') held.counts.leads -= 1;
    if (status === 'open') held.counts.open -= 1;
    if (status === 'open' && owner !== null) store.owned.remove(owner, subject);
    rows.delete(subject);
    store.leads.remove(subject);
    return true;
  };

  const apply = (event: LoggedEvent): void => {
    const { type, data } = event;
    if (type === 'user.changed') foldUser(store, event);
    else if (type === 'control.model.promoted') held.champion = String(data['bundle']);
    else if (type === 'control.subject.erased') forget(data['subject'] as SubjectId);
    else if (event.subject.startsWith('ld_')) foldLeadEvent(event);
    const source = sourceOf(type);
    if (source !== undefined) held.feeds[source] = Math.max(event.knownAt, held.feeds[source] ?? -Infinity);
  };

  return {
    features,
    offset: () => position().offset,
    epoch: () => position().epoch,
    fold(events) {
      const batch = Array.from(events); // what fails to read fails before anything is changed
      change(() => {
        for (const event of batch) {
          if (event.offset < held.offset) continue;
          held.offset = event.offset + 1;
          // What leadrank says itself makes no data fresh.
          if (sourceOf(event.type) !== undefined) held.received = Math.max(event.received, held.received ?? -Infinity);
          if (store.seen.admit(event)) {
            held.counts.events += 1;
            apply(event);
          } else held.counts.duplicates += 1;
        }
      });
    },
    record(subject) {
      const bytes = store.leads.get(subject)?.slice();
      if (bytes === undefined) return undefined;
      return readRecord(layout, subject, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), position().feeds);
    },
    owned: (owner) => store.owned.members(owner) as SubjectId[],
    owners: () => store.owned.keys() as SubjectId[],
    team: (manager) => store.team.members(manager) as SubjectId[],
    champion: () => position().champion,
    counts: () => ({ ...position().counts }),
    asOf: () => position().received,
    retract: (subject, newEpoch) =>
      change(() => {
        held.epoch = newEpoch ?? held.epoch;
        return forget(subject);
      }),
    rows: () => store.rows(),
    close: () => store.close(),
  };
}

function adopt(stored: Position | undefined, layout: string, epoch: number | undefined): Position {
  if (stored === undefined) return startPosition(layout, epoch ?? 0);
  const conflict = (value: string, rule: string): Fault => new Fault({ kind: 'conflict', value, rule, remedy: 'rebuild the state from the log' });
  if (stored.layout !== layout) throw conflict(`state ${stored.layout}`, `was folded with other features than ${layout}`);
  if (epoch !== undefined && stored.epoch !== epoch) throw conflict(`state epoch ${stored.epoch}`, `the log is at epoch ${epoch}`);
  return stored;
}

const parseWords = (bytes: Uint8Array | undefined): string[] =>
  bytes === undefined ? [] : (JSON.parse(new TextDecoder().decode(bytes)) as string[]);
