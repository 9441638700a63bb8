import type { RowCode } from './code/code.ts';
import type { Kind, Read as KindRead } from './kinds/kind.ts';
import type { Compiling } from './compiling.ts';
import { keyOf } from './regions.ts';
import type { Cross, Entity, FeatureSpec } from './spec.ts';

/** A row of state: regions that begin at `base` of `view`. */
export interface RowAt {
  readonly view: DataView;
  readonly base: number;
}

/** The rows that a record is linked to. A team's row counts for as many reps as are in it. */
export type Linked = { readonly [Name in Entity]?: (RowAt & { readonly reps?: number }) | undefined };

/** A feature's value from its row and the rows that it is linked to; NaN is missing. */
type Read = (view: DataView, base: number, now: number, linked: Linked) => number;

export interface Reading {
  readonly read: Read;
  /** The linked row that is read; null: only the record's own. */
  readonly linked: Entity | null;
  /** What `read` comes to where that row is there, as an expression. */
  readonly write: (own: RowCode, there: RowCode) => string;
  readonly words: Kind['words'];
}

/** Fewer reps than this are no team: what is said of them would be said of persons. */
export const FEWEST_REPS = 5;

/** Kinds whose values add up over records: they can be shared among reps, and one's own part be left out. */
const ADDITIVE: ReadonlySet<string> = new Set(['count', 'sum', 'decayed', 'standing']);
export const isAdditive = (op: string): boolean => ADDITIVE.has(op);

/** How each feature of an entity is read. */
export function readingsOf(entity: Entity, features: readonly FeatureSpec[], { layouts, compile }: Compiling): Reading[] {
  const bound = (of: Entity, kind: Kind): Bound => {
    const regions = new Map(layouts.get(of)!.regions.map((region) => [region.key, region]));
    const places = kind.needs.map((need) => regions.get(keyOf(need))!);
    return { read: kind.bind(places), write: (row) => `(${kind.write(places, row)})` };
  };
  return features.map(({ kind }): Reading => {
    if (kind.op !== 'cross') {
      const own = compile(entity, kind);
      const { read, write } = bound(entity, own);
      return { read, linked: null, write, words: own.words };
    }
    const there = compile(kind.entity, kind.kind);
    const own = kind.count === 'others' ? bound(entity, compile(entity, kind.kind)) : null;
    return { ...readLinked(kind, bound(kind.entity, there), own), words: there.words };
  });
}

/** One kind over the regions of one row. */
interface Bound {
  readonly read: KindRead;
  readonly write: (row: RowCode) => string;
}

/** Reads a linked row. Of a team, amounts are told for each rep. */
function readLinked({ entity, kind }: Cross, there: Bound, own: Bound | null): Omit<Reading, 'words'> {
  const shared = entity === 'owner' && isAdditive(kind.op);
  return {
    linked: entity,
    read(view, base, now, linked) {
      const row = linked[entity];
      if (row === undefined || (entity === 'owner' && (row.reps ?? 0) < FEWEST_REPS)) return NaN;
      const value = there.read(row.view, row.base, now);
      const others = own === null ? value : Math.max(0, value - own.read(view, base, now));
      return shared ? others / row.reps! : others;
    },
    write(ownRow, row) {
      const value = there.write(row);
      const others = own === null ? value : `Math.max(0, ${value} - ${own.write(ownRow)})`;
      return shared ? `${others} / owner.reps` : others;
    },
  };
}
