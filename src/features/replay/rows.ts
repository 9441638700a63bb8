import { catalogue, type FieldValue, type LoggedEvent, type SubjectId } from '../../events/index.ts';
import { createAliases } from '../aliases.ts';
import type { Columns } from '../columns.ts';
import { rowContainers, type Containers } from '../containers.ts';
import type { Fold } from '../fold.ts';
import { compileFolds, type FoldOptions, type Folds } from '../folds.ts';
import { getLink, getStatus, HEADER_BYTES, initHeader, type Status } from '../header.ts';
import { createJoins } from '../joins.ts';
import { linkedRow, linkedRows } from '../linked.ts';
import { containersOf, LINKS } from '../members.ts';
import { createMemberships } from '../memberships.ts';
import { memoryStore } from '../memory/store.ts';
import type { Linked } from '../reading.ts';
import { ENTITIES, type Entity, type FeatureSpec } from '../spec.ts';
import { entityOf, teamOf } from '../subject.ts';
import { foldUser } from '../user.ts';
import { createWeave } from '../weave.ts';
import { createArena } from './arena.ts';

/**
 * The rows of a replay: the same folds and links as the live state, over rows in flat buffers, without positions, lists or
 * journals. Subjects go by numbers; what a lead merely does is folded from scalars.
 */
export interface ReplayRows {
  readonly folds: Folds;
  readonly columns: Columns;
  /** The number of a subject, given at first sight. */
  number(subject: string): number;
  /** Folds an event that only adds to rows: anything but what `isWord` names. Ms; the columns as of `columns`. */
  add(subject: number, code: number, time: number, tie: number, fields: Float64Array): void;
  /** Folds an event that says what a record is: where it stands, whose it is, what it belongs to or became. */
  word(subject: number, word: Word, tie: number, fields: Float64Array): void;
  /** Where a record stands. */
  status(subject: number): Status;
  /** What the record has become by now. */
  became(subject: number): number;
  /** Writes the values of the target's features as of `now` (ms) into `out`, from `at` on, as `Fold.vectorInto` does. */
  vectorInto(subject: number, now: number, out: Float64Array, at: number): void;
  /** What a record is linked to by now, in the order of `LINKS`; null is nothing. The same array until a word changes it. */
  linksOf(subject: number): readonly (SubjectId | null)[];
  /** Folds an event of a member of `subject` into its row, as `add` does for its own. */
  addOf(subject: number, member: Entity, code: number, time: number, tie: number, fields: Float64Array): void;
  /** Gives `subject` what the row of a member holds, or takes it out again. */
  moveOf(subject: number, member: Entity, row: DataView, how: 'give' | 'take'): void;
  /** What writes the values of some features of the target, by their places, that read the record's own row. */
  ownReader(which: readonly number[]): RowReader;
  /** What writes the values of some features of the target, by their places, that read the row of `subject` beside that of a record. */
  reader(which: readonly number[]): RowReader;
  /** Forgets all rows and subjects. */
  clear(): void;
}

/** Writes values of a subject's row as of `now` (ms) into `out`, from `at` on. */
export type RowReader = (subject: number, now: number, out: Float64Array, at: number) => void;

/** What such an event says; `data` needs the fields of `WORD_FIELDS` only. */
export interface Word {
  readonly type: string;
  readonly code: number;
  readonly subject: SubjectId;
  readonly time: number;
  readonly data: Readonly<Record<string, FieldValue>>;
}

/** Whether events of a type say what a record is, beside adding to rows. */
export const isWord = (type: string): boolean => /^(lead|opportunity|contact|account|campaign|link|record|user)\./u.test(type);

/** The fields that such events are read for. */
export const WORD_FIELDS: readonly string[] = ['owner', 'account', 'campaign_id', 'opportunity', 'contact', 'lead', 'loser', 'manager', 'active'];

const MOST_CODES = 2 ** 16;
const NO_LINKS: Linked = {};

interface Place {
  readonly fold: Fold;
  readonly view: DataView;
  /** What its features read beside it, as of so many rows. */
  linked: Linked | undefined;
  rows: number;
  /** Where its events count as well, and by code: whether they do. */
  readonly around: readonly { readonly hears: Uint8Array; readonly fold: FoldElsewhere }[];
  links: readonly (SubjectId | null)[] | undefined;
}

/** The rows in which the events of a container's members count. */
interface Inside {
  readonly fold: Fold;
  readonly views: readonly DataView[];
  /** The member that was heard last, and what its events add: it is the same, mostly. */
  member: Entity;
  adds: ReturnType<Fold['addsOf']>;
}

/** Folds an event as `ReplayRows.add` takes it, of one member into one container. */
export type FoldElsewhere = (code: number, time: number, tie: number, fields: Float64Array) => void;

/** Where it counts what members do, instead of in the rows of a replay. */
export interface ToldContainers extends Containers {
  /** As `fold`, for many events of one member; undefined where none of them is wanted. */
  foldInto(container: Entity, to: SubjectId, member: Entity): FoldElsewhere | undefined;
}

export interface ReplayRowsOptions extends FoldOptions {
  /** The entity whose vectors are read. */
  readonly target?: Entity;
  readonly containers?: ToldContainers;
}

export function createReplayRows(features: readonly FeatureSpec[], { target: of = 'lead', containers, ...options }: ReplayRowsOptions = {}): ReplayRows {
  const folds = compileFolds(features, options);
  const read = folds.of(of);
  const numbers = new Map<string, number>();
  const names: SubjectId[] = [];
  const rows = new Map<string, DataView>();
  const places: (Place | undefined)[] = [];
  const insides: (Inside | undefined)[] = [];
  const readings: (Linked | undefined)[] = [];
  const heard = new Map(ENTITIES.map((container) => [container, new Map<Entity, Uint8Array>()]));
  const arena = createArena((entity) => {
    const { bytes, init } = folds.of(entity);
    const view = new DataView(new ArrayBuffer(HEADER_BYTES + bytes));
    initHeader(view);
    init(view, HEADER_BYTES);
    return view;
  });
  let store = memoryStore();
  let aliases = createAliases(store);
  let made = 0; // rows so far: what was not there to be read may be there now
  let used = false; // store and aliases hold something
  let joined = false; // some subject has become another

  const touch = (key: string, entity: Entity): DataView => {
    let row = rows.get(key);
    if (row === undefined) {
      rows.set(key, (row = arena.take(entity)));
      made += 1;
    }
    return row;
  };
  const has = (key: string): boolean => rows.has(key);
  const resolve = (subject: SubjectId): SubjectId => (joined ? aliases.resolve(subject) : subject);
  const memberships = createMemberships({
    get: (key) => store.memberships.get(key),
    put(key, bytes) {
      used = true;
      store.memberships.put(key, bytes);
    },
    remove: (key) => store.memberships.remove(key),
  });
  const here = rowContainers(folds, { touch, has, resolve });
  const weave = createWeave(folds, { touch, has, resolve, memberships }, containers ?? here);
  const blank = new DataView(new ArrayBuffer(HEADER_BYTES + read.bytes));
  initHeader(blank);
  read.init(blank, HEADER_BYTES);
  const forgetPlaces = (): void => {
    places.length = 0;
    insides.length = 0;
    readings.length = 0;
  };

  const number = (subject: string): number => {
    let known = numbers.get(subject);
    if (known === undefined) {
      known = names.push(subject as SubjectId) - 1;
      numbers.set(subject, known);
    }
    return known;
  };

  /** The row of a subject and those of what it belongs to; held until a word links it otherwise. */
  const placeOf = (n: number): Place | undefined => {
    const known = places[n];
    if (known !== undefined) return known;
    const subject = resolve(names[n]!);
    const entity = entityOf(subject);
    if (entity === undefined) return undefined;
    const view = touch(subject, entity);
    const around = containersOf(entity).flatMap((container) => {
      const to = folds.of(container).bytes === 0 ? null : getLink(view, entity, container);
      const fold = to === null ? undefined : foldInto(container, to, entity);
      return fold === undefined ? [] : [{ hears: hearing(container, entity), fold }];
    });
    return (places[n] = { fold: folds.of(entity), view, linked: undefined, rows: 0, around, links: undefined });
  };

  /** The rows of a container: of a user, its own and its team's. */
  const insideOf = (n: number): Inside | undefined => {
    const known = insides[n];
    if (known !== undefined) return known;
    const subject = resolve(names[n]!);
    const container = entityOf(subject);
    if (container === undefined) return undefined;
    const own = touch(subject, container);
    const manager = container === 'owner' ? getLink(own, 'owner', 'owner') : null;
    const views = manager === null ? [own] : [own, touch(teamOf(manager), 'owner')];
    return (insides[n] = { fold: folds.of(container), views, member: container, adds: folds.of(container).addsOf(container) });
  };

  /** By code: whether a container's row hears a type that a member does. */
  const hearing = (container: Entity, member: Entity): Uint8Array => {
    const known = heard.get(container)!;
    let flags = known.get(member);
    if (flags === undefined) {
      known.set(member, (flags = new Uint8Array(MOST_CODES)));
      for (const { code } of catalogue.types) flags[code] = Number(folds.of(container).hearsOf(member, code));
    }
    return flags;
  };

  const join = createJoins({
    aliases: { resolve, get: (subject) => aliases.get(subject), set(...parts) {
      used = true;
      joined = true;
      aliases.set(...parts);
    } },
    memberships,
    weave,
    has,
    remove: (subject) => void rows.delete(subject),
  });

  /** The row of a container as a record that is linked to it sees it; held once it is there. */
  const readingOf = (n: number, entity: Entity, subject: SubjectId): Linked => {
    const row = linkedRow(entity, subject, (key) => rows.get(key));
    const linked: Linked = { [entity]: row };
    if (row !== undefined) readings[n] = linked;
    return linked;
  };

  const addInside = (n: number, member: Entity, code: number, time: number, tie: number, fields: Float64Array): void => {
    const inside = insideOf(n);
    if (inside === undefined) return;
    if (inside.member !== member) {
      inside.member = member;
      inside.adds = inside.fold.addsOf(member);
    }
    const add = inside.adds[code];
    if (add !== undefined) for (const view of inside.views) add(view, HEADER_BYTES, time, tie, fields);
  };

  const foldInto: ToldContainers['foldInto'] = containers?.foldInto ?? ((_, to, member) => (code, time, tie, fields) => addInside(number(to), member, code, time, tie, fields));

  return {
    folds,
    columns: folds.columns,
    number,
    add(n, code, time, tie, fields) {
      const place = placeOf(n);
      if (place === undefined) return;
      const { fold, view, around } = place;
      for (let i = 0; i < around.length; i++) {
        const inside = around[i]!;
        if (inside.hears[code] === 1) inside.fold(code, time, tie, fields);
      }
      fold.fold(view, HEADER_BYTES, code, time, tie, fields);
    },
    word(n, word, tie, fields) {
      const event = word as unknown as LoggedEvent;
      if (word.type === 'user.changed') {
        foldUser({ store, folds, weave, touch }, event, tie);
        used = true;
        return forgetPlaces();
      }
      if (join(event, tie)) forgetPlaces();
      if (weave.fold(resolve(names[n]!), event, word.code, tie, fields)) places.length = 0; // others may go by this row
    },
    status(n) {
      const row = places[n]?.view ?? rows.get(resolve(names[n]!));
      return row === undefined ? 'unknown' : getStatus(row);
    },
    became: (n) => (joined ? number(resolve(names[n]!)) : n),
    vectorInto(n, now, out, at) {
      const place = placeOf(n)!;
      if (place.linked === undefined || place.rows !== made) {
        place.linked = linkedRows(folds, of, place.view, (key) => rows.get(key), resolve);
        place.rows = made;
      }
      read.vectorInto(place.view, HEADER_BYTES, now, out, { linked: place.linked, at });
    },
    linksOf(n) {
      const place = placeOf(n)!;
      const { entity } = place.fold;
      return (place.links ??= LINKS[entity].map((link) => getLink(place.view, entity, link)));
    },
    addOf: addInside,
    moveOf(n, member, row, how) {
      const subject = names[n]!;
      here.move(entityOf(subject)!, subject, member, row, how);
    },
    ownReader(which) {
      const readSome = read.reader(which);
      return (n, now, out, at) => readSome(placeOf(n)!.view, HEADER_BYTES, now, NO_LINKS, out, at);
    },
    reader(which) {
      const readSome = read.reader(which);
      return (n, now, out, at) => {
        const held = readings[n];
        if (held !== undefined) return readSome(blank, HEADER_BYTES, now, held, out, at);
        const subject = resolve(names[n]!);
        const entity = entityOf(subject)!;
        if (entity === of) return readSome(rows.get(subject) ?? blank, HEADER_BYTES, now, NO_LINKS, out, at);
        readSome(blank, HEADER_BYTES, now, readingOf(n, entity, subject), out, at);
      };
    },
    clear() {
      numbers.clear();
      names.length = 0;
      rows.clear();
      forgetPlaces();
      arena.clear();
      if (!used) return;
      store = memoryStore();
      aliases = createAliases(store);
      used = false;
      joined = false;
    },
  };
}

/** The code of an event type in the catalogue; undefined for one of a later release. */
export const codeOfType = (type: string): number | undefined => catalogue.byName.get(type)?.code;
