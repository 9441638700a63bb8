import { Fault, perText } from '../base/index.ts';
import { catalogue, type LoggedEvent, type SubjectId } from '../events/index.ts';
import { createRepeats, tieOf } from '../log/index.ts';
import { EVERYBODY, foldDispute, foldUse, readDisputes, readUses } from './adoption.ts';
import { advance } from './advance.ts';
import { createAliases } from './aliases.ts';
import { rowContainers, type Containers } from './containers.ts';
import { compileFolds, type Folds } from './folds.ts';
import { getLink, HEADER_BYTES, initHeader } from './header.ts';
import { warmthOf } from './heat.ts';
import { readEnded } from './ended.ts';
import { readLane, shelfOf } from './lanes.ts';
import { watermarkOf } from './lateness.ts';
import { createJoins } from './joins.ts';
import { layoutOf } from './layout.ts';
import { linkedRows } from './linked.ts';
import { createListings } from './listings.ts';
import { containersOf, membersOf } from './members.ts';
import { createMemberships } from './memberships.ts';
import { isNoted, note, readNotes } from './notes.ts';
import { createNotesInHand } from './notes-in-hand.ts';
import { lateBySource, readPosition, startPosition, writePosition, type Position } from './position.ts';
import { readRecord, sourceAges } from './record.ts';
import { createRowsInHand } from './rows-in-hand.ts';
import { ENTITIES, type Entity, type FeatureSpec } from './spec.ts';
import type { Erased, State } from './state.ts';
import type { Store, Table, TransactionSize } from './store.ts';
import { entityOf } from './subject.ts';
import { targetOf } from './targets.ts';
import { foldUser, forgetUser, userFacts } from './user.ts';
import { createVocabularies, type Vocabularies } from './vocabulary.ts';
import { createWeave } from './weave.ts';

export interface ProjectionOptions {
  store: Store;
  features: readonly FeatureSpec[];
  /** The log's epoch; a store that was folded under another one is refused. Default: whatever the store has. */
  epoch?: number | undefined;
  access?: 'write' | 'read' | undefined;
  /** The folds of the features, where they are compiled already. */
  compiled?: Compiled | undefined;
  /** Where it counts what members do, given those that count in the rows; these, where nothing else is said. */
  containers?: ((here: Containers) => Containers) | undefined;
}

export interface Compiled {
  readonly folds: Folds;
  readonly vocabularies: Vocabularies;
}

/**
 * A state over a store. Throws a Fault `conflict` when the store was folded with other features or under another epoch of
 * the log: it must be rebuilt.
 */
export function createProjection({ store, features, epoch, access = 'write', compiled, containers }: ProjectionOptions): State {
  const { folds, vocabularies } = compiled ?? compileOver(store.words, features);
  let held = adopt(readPosition(store.meta), layoutOf(folds), epoch);
  const fields = new Float64Array(folds.columns.names.length);
  const rows = createRowsInHand(store.rows);
  const notes = createNotesInHand(store.notes);
  const aliases = createAliases(store);
  const position = (): Position => (access === 'write' ? held : (readPosition(store.meta) ?? held));

  const stored = (key: string): DataView | undefined => {
    const bytes = store.rows.get(key);
    return bytes === undefined ? undefined : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };

  const emptyRow = (entity: Entity): Uint8Array => {
    const fold = folds.of(entity);
    const view = new DataView(new ArrayBuffer(HEADER_BYTES + fold.bytes));
    initHeader(view);
    fold.init(view, HEADER_BYTES);
    return new Uint8Array(view.buffer);
  };
  const empty = Object.fromEntries(ENTITIES.map((entity) => [entity, emptyRow(entity)])) as Record<Entity, Uint8Array>;

  const touch = (key: string, entity: Entity): DataView => rows.touch(key, empty[entity]);
  const has = (key: string): boolean => rows.get(key) !== undefined;

  /** What a subject is by now. What became another has no row; of a visitor it is likely, and looked up at once. */
  const resolve = (subject: SubjectId): SubjectId => (entityOf(subject) !== 'visitor' && has(subject) ? subject : aliases.resolve(subject));
  const memberships = createMemberships(store.memberships);
  const woven = { touch, has, resolve, memberships };
  const weave = createWeave(folds, woven, containers?.(rowContainers(folds, woven)));

  /** What a state was folded with stands in it, so that it can go on serving while another is folded. */
  let told = notedIn(store);
  const text = JSON.stringify(features);

  const hierarchy = { store, folds, weave, touch, removeRow: rows.remove };

  const save = (): void => {
    listings.settle();
    notes.save();
    rows.save();
    vocabularies.save();
    store.seen.save();
    writePosition(store.meta, held);
    if (told === text) return;
    noteFeatures(store, features);
    told = text;
  };

  /** Runs a change in one transaction; what fails leaves the state at the last transaction's end. */
  const change = <T>(work: () => T, size?: TransactionSize): T => {
    if (access === 'read') {
      throw new Fault({ kind: 'conflict', value: 'state', rule: 'is open for reading only', remedy: 'fold in the process that owns the cell' });
    }
    try {
      return store.transaction(() => {
        const result = work();
        save();
        return result;
      }, size);
    } catch (error) {
      rows.drop();
      notes.drop();
      listings.drop();
      vocabularies.reload();
      store.seen.rewind();
      held = readPosition(store.meta) ?? startPosition(layoutOf(folds), epoch ?? 0);
      told = notedIn(store);
      throw error;
    }
  };

  const listings = createListings({ store, row: rows.get, notes, counts: () => held.counts, received: () => held.received });

  const removeRow = (subject: SubjectId): void => {
    if (isRanked(subject)) listings.before(subject);
    notes.remove(subject);
    rows.remove(subject);
  };

  const join = createJoins({ aliases, memberships, weave, has, remove: removeRow });

  const forget = (subject: SubjectId): boolean => {
    const known = foldsUser(subject) ? forgetUser(hierarchy, subject) : false;
    aliases.forget(subject);
    memberships.forget(subject);
    store.adoption.remove(subject);
    for (const dispute of store.disputes.members(subject)) store.disputes.remove(subject, dispute);
    if (!has(subject)) return known;
    weave.detach(subject);
    removeRow(subject);
    return true;
  };

  /** The records that belong to one of these: they are looked for in all rows. */
  const membersOfAny = (group: readonly SubjectId[]): SubjectId[] => {
    const container = entityOf(group[0]!)!;
    if (membersOf(container).length === 0) return [];
    const wanted = new Set(group);
    const found: SubjectId[] = [];
    for (const { table, key, bytes } of store.all()) {
      if (table > 'rows') break;
      const entity = entityOf(key);
      if (table !== 'rows' || entity === undefined || !containersOf(entity).includes(container)) continue;
      const link = getLink(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), entity, container);
      if (link !== null && wanted.has(aliases.resolve(link))) found.push(key as SubjectId);
    }
    return found;
  };

  /** Erases what shares rows with others: their rows are folded anew from what the log still holds of them. */
  const forgetJoined = (subject: SubjectId, others: readonly SubjectId[], events: Erased['events']): boolean => {
    if (events === undefined) held.layout = ERASED_PART; // until the next opening, which folds all anew
    const group = [subject, ...others];
    const members = membersOfAny(group);
    for (const member of members) weave.detach(member);
    const known = group.map((one) => forget(one)).some(Boolean);
    const repeats = createRepeats();
    for (const event of events ?? []) {
      if (event.offset >= held.offset || repeats.check(event.source, event.id, event.received)) continue;
      const erased = event.type === 'control.subject.erased' ? (event.data['subject'] as SubjectId) : undefined;
      if (erased !== undefined && group.includes(erased)) forget(erased);
      else if (others.includes(event.subject)) foldRecord(event);
    }
    for (const member of members) weave.attach(member);
    forget(subject);
    return known;
  };

  /** The record that takes over what another did, by an event that joins the two. */
  const gaining = ({ type, subject, data }: LoggedEvent): SubjectId | undefined => {
    const into = type === 'record.merged' ? subject : type === 'link.visitor' ? data['lead'] : undefined;
    return typeof into === 'string' ? aliases.resolve(into as SubjectId) : undefined;
  };

  const foldRecord = (event: LoggedEvent): void => {
    const tie = tieOf(event.source, event.id);
    const gains = gaining(event);
    if (gains !== undefined && isRanked(gains)) listings.before(gains); // what it takes over may move it
    join(event, tie);
    const subject = resolve(event.subject);
    const ranked = isRanked(subject);
    if (ranked && isMoving(event)) listings.before(subject);
    folds.columns.encode(event.data, fields);
    weave.fold(subject, event, catalogue.byName.get(event.type)!.code, tie, fields);
    if (ranked && isNoted(event.type)) {
      const before = notes.get(subject);
      const after = note(before, event, tie);
      if (after !== before) notes.set(subject, after);
    }
    foldDispute(store, event, subject);
  };

  const apply = (event: LoggedEvent): void => {
    const { type, data } = event;
    if (type === 'user.changed') foldUser(hierarchy, event, tieOf(event.source, event.id));
    else if (type === 'control.subject.erased') forget(data['subject'] as SubjectId);
    else if (!type.startsWith('control.')) {
      foldRecord(event);
      foldUse(store, event);
    }
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
          const sight = store.seen.admit(event) ? 'first' : 'again';
          advance(held, event, sight);
          if (sight === 'first') apply(event);
        }
      }, { events: batch.length });
    },
    record(subject) {
      const entity = entityOf(subject);
      const row = entity === undefined ? undefined : copyOf(stored(subject));
      if (row === undefined || entity === undefined) return undefined;
      const linked = linkedRows(folds, entity, row, (key) => copyOf(stored(key)), aliases.resolve);
      return readRecord({ fold: folds.of(entity), subject, row, linked, notes: readNotes(store.notes, subject), feeds: position().feeds });
    },
    owned: (owner) => store.owned.members(owner) as SubjectId[],
    ownedFrom: (owner, range) => store.owned.range(owner, range) as SubjectId[],
    lane: (lane, shelf, range) => readLane(store.lanes, lane, shelf, range),
    ended: (owner, range) => readEnded(store.lanes, owner, range),
    owners: () => store.owned.keys() as SubjectId[],
    team: (manager) => store.team.members(manager) as SubjectId[],
    left: (manager) => store.left.members(manager) as SubjectId[],
    managers: () => store.team.keys() as SubjectId[],
    queues: (territory) => (store.territories.members(shelfOf(territory)) as SubjectId[]).filter((user) => userFacts(store, user)?.queue === true),
    uses: (user) => readUses(store.adoption, user ?? EVERYBODY),
    disputes: (since) => readDisputes(store.disputes, since),
    user: (subject) => userFacts(store, subject),
    champion: (target) => position().champions[target] ?? null,
    earlier: (target) => position().earlier?.[target] ?? [],
    rules: (target) => position().rules?.[target] ?? null,
    actions: () => position().actions ?? null,
    counts: () => ({ ...position().counts }),
    asOf: () => position().received,
    watermark() {
      const { received } = position();
      return received === null ? null : watermarkOf(received);
    },
    sources: (now) => sourceAges(features.map(({ source }) => source), position().feeds, now),
    lateBySource: () => lateBySource(position()),
    joinedWith: aliases.joinedWith,
    retract: (subject, { epoch: newEpoch, events } = {}) =>
      change(() => {
        held.epoch = newEpoch ?? held.epoch;
        const others = aliases.joinedWith(subject);
        return others.length === 0 ? forget(subject) : forgetJoined(subject, others, events);
      }),
    rows: () => store.all(),
    close: () => store.close(),
  };
}

/** Whether an event may move a record within its lists: by what is said of it, a touch, its warmth, or what is due. */
const isMoving = (event: LoggedEvent): boolean => warmthOf(event) > 0 || moves(event.type);
const moves = perText((type) => MOVING.test(type));
const MOVING = /^(lead|opportunity|sla|task|link)\.|^(call\.logged|email\.sent|meeting\.held|feedback\.given)$/u;

const isRanked = (subject: SubjectId): boolean => targetOf(subject) !== undefined;

const FEATURES = 'features';

/** Notes the declarations with which a store is folded. */
export const noteFeatures = ({ meta }: Pick<Store, 'meta'>, features: readonly FeatureSpec[]): void =>
  meta.put(FEATURES, new TextEncoder().encode(JSON.stringify(features)));

/** The text of the declarations that a store notes; empty where it notes none. */
const notedIn = ({ meta }: Pick<Store, 'meta'>): string => {
  const bytes = meta.get(FEATURES);
  return bytes === undefined ? '' : new TextDecoder().decode(bytes);
};

/** The declarations with which a store was folded last, as JSON; undefined where nothing was folded yet. */
export function foldedWith({ meta }: Pick<Store, 'meta'>): unknown {
  const text = notedIn({ meta });
  return text === '' ? undefined : JSON.parse(text);
}

/** No layout is named like this. */
const ERASED_PART = 'a row with an erased part';

const foldsUser = (subject: SubjectId): boolean => entityOf(subject) === 'owner';

const copyOf = (row: DataView | undefined): DataView | undefined =>
  row === undefined ? undefined : new DataView(row.buffer.slice(row.byteOffset, row.byteOffset + row.byteLength));

function adopt(stored: Position | undefined, layout: string, epoch: number | undefined): Position {
  if (stored === undefined) return startPosition(layout, epoch ?? 0);
  const conflict = (value: string, rule: string): Fault => new Fault({ kind: 'conflict', value, rule, remedy: 'rebuild the state from the log' });
  if (stored.layout !== layout) throw conflict(`state ${stored.layout}`, `was folded with other features than ${layout}`);
  if (epoch !== undefined && stored.epoch !== epoch) throw conflict(`state epoch ${stored.epoch}`, `the log is at epoch ${epoch}`);
  return stored;
}

function compileOver(table: Table, features: readonly FeatureSpec[]): Compiled {
  const vocabularies = createVocabularies({
    load: (field) => parseWords(table.get(field)),
    save: (field, words) => table.put(field, new TextEncoder().encode(JSON.stringify(words))),
  });
  return { folds: compileFolds(features, { vocabularies }), vocabularies };
}

const parseWords = (bytes: Uint8Array | undefined): string[] =>
  bytes === undefined ? [] : (JSON.parse(new TextDecoder().decode(bytes)) as string[]);
