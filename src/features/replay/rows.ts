import { catalogue, type FieldValue, type LoggedEvent, type SubjectId } from '../../events/index.ts';
import { createAliases } from '../aliases.ts';
import type { Columns } from '../columns.ts';
import type { Fold } from '../fold.ts';
import { compileFolds, type FoldOptions, type Folds } from '../folds.ts';
import { getLink, getStatus, HEADER_BYTES, initHeader, type Status } from '../header.ts';
import { createJoins } from '../joins.ts';
import { linkedRows } from '../linked.ts';
import { containersOf } from '../members.ts';
import { createMemberships } from '../memberships.ts';
import { memoryStore } from '../memory/store.ts';
import type { Linked } from '../reading.ts';
import type { Entity, FeatureSpec } from '../spec.ts';
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
  /** Forgets all rows and subjects. */
  clear(): void;
}

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

interface Place {
  readonly fold: Fold;
  readonly view: DataView;
  /** What its features read beside it, as of so many rows. */
  linked: Linked | undefined;
  rows: number;
  readonly targets: readonly { readonly fold: Fold; readonly key: string; readonly container: Entity; readonly hears: Uint8Array; view: DataView | undefined }[];
}

/** `target` is the entity whose vectors are read. */
export function createReplayRows(features: readonly FeatureSpec[], { target: of = 'lead', ...options }: FoldOptions & { readonly target?: Entity } = {}): ReplayRows {
  const folds = compileFolds(features, options);
  const read = folds.of(of);
  const numbers = new Map<string, number>();
  const names: SubjectId[] = [];
  const rows = new Map<string, DataView>();
  const places: (Place | undefined)[] = [];
  const heard = new Map<string, Uint8Array>();
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

  const touch = (key: string, entity: Entity): DataView => {
    let row = rows.get(key);
    if (row === undefined) {
      rows.set(key, (row = arena.take(entity)));
      made += 1;
    }
    return row;
  };
  const has = (key: string): boolean => rows.has(key);
  const resolve = (subject: SubjectId): SubjectId => aliases.resolve(subject);
  const memberships = createMemberships({
    get: (key) => store.memberships.get(key),
    put(key, bytes) {
      used = true;
      store.memberships.put(key, bytes);
    },
    remove: (key) => store.memberships.remove(key),
  });
  const weave = createWeave(folds, { touch, has, resolve, memberships });
  const forgetPlaces = (): void => void (places.length = 0);

  const number = (subject: string): number => {
    let known = numbers.get(subject);
    if (known === undefined) {
      known = names.push(subject as SubjectId) - 1;
      numbers.set(subject, known);
    }
    return known;
  };

  /** The row of a subject and those of what it belongs to; held until a word changes that. */
  const placeOf = (n: number): Place | undefined => {
    const known = places[n];
    if (known !== undefined) return known;
    const subject = resolve(names[n]!);
    const entity = entityOf(subject);
    if (entity === undefined) return undefined;
    const view = touch(subject, entity);
    const targets = containersOf(entity).flatMap((container) => {
      const fold = folds.of(container);
      const link = fold.bytes === 0 ? null : getLink(view, entity, container);
      return link === null ? [] : keysOf(container, link).map((key) => ({ fold, key, container, hears: hearing(container, entity), view: rows.get(key) }));
    });
    return (places[n] = { fold: folds.of(entity), view, linked: undefined, rows: 0, targets });
  };

  /** By code: whether a container's row hears a type that a member does. */
  const hearing = (container: Entity, member: Entity): Uint8Array => {
    const name = `${container} ${member}`;
    let flags = heard.get(name);
    if (flags === undefined) {
      heard.set(name, (flags = new Uint8Array(MOST_CODES)));
      for (const { code } of catalogue.types) flags[code] = Number(folds.of(container).hearsOf(member, code));
    }
    return flags;
  };

  const keysOf = (container: Entity, link: SubjectId): string[] => {
    const subject = resolve(link);
    if (container !== 'owner') return [subject];
    const row = rows.get(subject);
    const manager = row === undefined ? null : getLink(row, 'owner', 'owner');
    return manager === null ? [subject] : [subject, teamOf(manager)];
  };

  const join = createJoins({
    aliases: { resolve, get: (subject) => aliases.get(subject), set(...parts) {
      used = true;
      aliases.set(...parts);
    } },
    memberships,
    weave,
    has,
    remove: (subject) => void rows.delete(subject),
  });

  return {
    folds,
    columns: folds.columns,
    number,
    add(n, code, time, tie, fields) {
      const place = placeOf(n);
      if (place === undefined) return;
      const { fold, view, targets } = place;
      for (let i = 0; i < targets.length; i++) {
        const target = targets[i]!;
        if (target.hears[code] !== 1) continue;
        target.view ??= touch(target.key, target.container);
        target.fold.foldOf(fold.entity, target.view, HEADER_BYTES, code, time, tie, fields);
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
      weave.fold(resolve(names[n]!), event, word.code, tie, fields);
      places[n] = undefined;
    },
    status(n) {
      const row = rows.get(resolve(names[n]!));
      return row === undefined ? 'unknown' : getStatus(row);
    },
    became: (n) => number(resolve(names[n]!)),
    vectorInto(n, now, out, at) {
      const place = placeOf(n)!;
      if (place.linked === undefined || place.rows !== made) {
        place.linked = linkedRows(folds, of, place.view, (key) => rows.get(key), resolve);
        place.rows = made;
      }
      read.vectorInto(place.view, HEADER_BYTES, now, out, { linked: place.linked, at });
    },
    clear() {
      numbers.clear();
      names.length = 0;
      rows.clear();
      places.length = 0;
      arena.clear();
      if (!used) return;
      store = memoryStore();
      aliases = createAliases(store);
      used = false;
    },
  };
}

/** The code of an event type in the catalogue; undefined for one of a later release. */
export const codeOfType = (type: string): number | undefined => catalogue.byName.get(type)?.code;
