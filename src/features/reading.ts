import type { Kind } from './kinds/kind.ts';
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
  readonly words: Kind['words'];
}

/** Fewer reps than this are no team: what is said of them would be said of persons. */
export const FEWEST_REPS = 5;

/** Kinds whose values add up over records: they can be shared among reps, and one's own part be left out. */
const ADDITIVE: ReadonlySet<string> = new Set(['count', 'sum', 'decayed', 'standing']);
export const isAdditive = (op: string): boolean => ADDITIVE.has(op);

/** How each feature of an entity is read. */
export function readingsOf(entity: Entity, features: readonly FeatureSpec[], { layouts, compile }: Compiling): Reading[] {
  const bound = (of: Entity, kind: Kind): Read => {
    const places = new Map(layouts.get(of)!.regions.map((region) => [region.key, region]));
    return kind.bind(kind.needs.map((need) => places.get(keyOf(need))!));
  };
  return features.map(({ kind }): Reading => {
    if (kind.op !== 'cross') {
      const own = compile(entity, kind);
      return { read: bound(entity, own), words: own.words };
    }
    const there = compile(kind.entity, kind.kind);
    const own = kind.count === 'others' ? bound(entity, compile(entity, kind.kind)) : null;
    return { read: readLinked(kind, bound(kind.entity, there), own), words: there.words };
  });
}

/** Reads a linked row. Of a team, amounts are told for each rep. */
function readLinked({ entity, kind }: Cross, there: Read, own: Read | null): Read {
  const shared = entity === 'owner' && isAdditive(kind.op);
  return (view, base, now, linked) => {
    const row = linked[entity];
    if (row === undefined || (entity === 'owner' && (row.reps ?? 0) < FEWEST_REPS)) return NaN;
    const value = there(row.view, row.base, now, linked);
    const others = own === null ? value : Math.max(0, value - own(view, base, now, linked));
    return shared ? others / row.reps! : others;
  };
}
