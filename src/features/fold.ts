import { schemaOf } from './facts.ts';
import { generateAdds, generateRead } from './code/generate.ts';
import type { Add } from './code/fold-text.ts';
import type { ReadInto } from './code/vector-text.ts';
import type { Columns } from './columns.ts';
import type { Compiling } from './compiling.ts';
import { kindsOf } from './kept.ts';
import { feeds, membersOf, subjectOf } from './members.ts';
import { plainAdds, plainRead } from './plain.ts';
import { columnsRead, planOf, type Plan } from './plan.ts';
import { readingsOf, type Linked } from './reading.ts';
import { keyOf, type Region } from './regions.ts';
import type { Entity, FeatureSpec } from './spec.ts';

/** What is kept of one entity, compiled: everything on scalars and bytes, so that a replay may run it column by column. */
export interface Fold {
  readonly entity: Entity;
  /** The features of the entity, in the order of their values in a vector. */
  readonly features: readonly FeatureSpec[];
  /** The size of a row's regions. */
  readonly bytes: number;
  readonly regions: readonly Region[];
  /** What `fields` holds. */
  readonly columns: Columns;
  /** The sources that the features rest on. */
  readonly sources: readonly string[];
  /** The entities whose rows the features read beside the record's own. */
  readonly linked: readonly Entity[];
  /** Empties a row. */
  init(view: DataView, base: number): void;
  /** Whether an event of a type, by its code, changes the row of its own subject. */
  hears(code: number): boolean;
  /** Whether it changes the row when a member does it. */
  hearsOf(member: Entity, code: number): boolean;
  /**
   * Folds an event of the row's own subject: the code of its type, ms, 32 bits of tie, the columns. The same events in any order
   * leave the same bytes.
   */
  fold(view: DataView, base: number, code: number, time: number, tie: number, fields: ArrayLike<number>): void;
  /** Folds an event of a member, e.g. of a lead into the row of its account. */
  foldOf(member: Entity, view: DataView, base: number, code: number, time: number, tie: number, fields: ArrayLike<number>): void;
  /** By the codes of types: what `foldOf` does with the events of a member, for many of them. */
  addsOf(member: Entity): readonly (Add | undefined)[];
  /** The columns that `fold` reads of an event of a type, by its code, or `foldOf` where a member does it. */
  columnsOf(code: number, member?: Entity): readonly number[];
  /** The regions that a member's events count in; its own row has a region with the same key. */
  fedBy(member: Entity): readonly Region[];
  /**
   * Writes the value of each feature as of `now` (ms) into `out`, from `at` on: numbers, codes of categories, NaN where missing.
   */
  vectorInto(view: DataView, base: number, now: number, out: Float64Array, options?: VectorOptions): void;
  /** What writes the values of some features, by their places, one after the other, and looks at no `heard`: made once, for many rows. */
  reader(which: readonly number[]): ReadInto;
  /** How the categories of each feature are told; undefined for a number. */
  readonly words: readonly (((code: number) => string | null) | undefined)[];
}

export interface VectorOptions {
  readonly linked?: Linked;
  /** By the place in `sources`: when a source last said something, ms; features of one that never did (-Infinity) are missing. */
  readonly heard?: ArrayLike<number>;
  readonly at?: number;
}

const NO_LINKS: Linked = {};

export function createFold(entity: Entity, compiling: Compiling): Fold {
  const { features, catalogue, columns, layouts, vocabularies, compile, form } = compiling;
  const [makeAdds, readOf] = form === 'generated' ? [generateAdds, generateRead] : [plainAdds, plainRead];
  const { regions, bytes } = layouts.get(entity)!;
  const kinds = (event: string) => schemaOf(catalogue, event).kinds;
  const columnOf = (field: string): number => columns.names.indexOf(field);

  const wanted = new Set(kindsOf(features, entity).flatMap((kind) => compile(entity, kind).needs).map(keyOf));
  const fed = new Map(membersOf(entity).map((member) => [member, regions.filter(({ key, accumulator, input }) =>
    wanted.has(key) && accumulator.share !== undefined && feeds(entity, member, input.event.map(kinds)))]));
  const ofMembers = new Map([...fed].map(([member, its]): [Entity, Plan] =>
    [member, planOf(its, catalogue, columnOf, (event) => kinds(event).includes(subjectOf(member)))]));
  const own = planOf(regions, catalogue, columnOf, (event) => kinds(event).includes(subjectOf(entity)));

  const mine = features.filter((feature) => feature.entity === entity);
  const readings = readingsOf(entity, mine, compiling);
  const sources = [...new Set(mine.map(({ source }) => source))];
  const ofSource = sources.map((name) => mine.flatMap(({ source }, i) => (source === name ? [i] : [])));
  const words = readings.map(({ words: named }) => {
    if (named === undefined || typeof named === 'function') return named;
    const vocabulary = vocabularies.of(named.field);
    return (code: number): string => vocabulary.word(code);
  });

  const adds = makeAdds(own);
  const addsOfMembers = new Map([...ofMembers].map(([member, plan]) => [member, makeAdds(plan)]));
  let readAll: ReadInto | undefined; // made when it is first asked for

  return {
    entity,
    features: mine,
    bytes,
    regions,
    columns,
    sources,
    linked: [...new Set(readings.flatMap(({ linked }) => linked ?? []))],
    init(view, base) {
      for (const { accumulator, at } of regions) accumulator.init(view, base + at);
    },
    hears: (code) => own[code] !== undefined,
    hearsOf: (member, code) => ofMembers.get(member)?.[code] !== undefined,
    fold(view, base, code, time, tie, fields) {
      const add = adds[code];
      if (add !== undefined) add(view, base, time, tie, fields);
    },
    foldOf(member, view, base, code, time, tie, fields) {
      const add = addsOfMembers.get(member)?.[code];
      if (add !== undefined) add(view, base, time, tie, fields);
    },
    addsOf: (member) => addsOfMembers.get(member) ?? [],
    columnsOf: (code, member) => columnsRead((member === undefined ? own : ofMembers.get(member))?.[code] ?? []),
    fedBy: (member) => fed.get(member) ?? [],
    vectorInto(view, base, now, out, { linked = NO_LINKS, heard, at = 0 } = {}) {
      (readAll ??= readOf(readings))(view, base, now, linked, out, at);
      if (heard === undefined) return;
      for (let i = 0; i < ofSource.length; i++) {
        if (heard[i] === -Infinity) for (const place of ofSource[i]!) out[at + place] = NaN;
      }
    },
    reader: (which) => readOf(which.map((i) => readings[i]!)),
    words,
  };
}
