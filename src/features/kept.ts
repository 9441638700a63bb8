import type { Catalogue } from '../events/index.ts';
import { schemaOf } from './facts.ts';
import type { Kind } from './kinds/kind.ts';
import type { Need } from './kinds/need.ts';
import { feeds, membersOf } from './members.ts';
import { layRegions, longestOf, type Region } from './regions.ts';
import { ENTITIES, type Entity, type FeatureSpec, type OwnKind } from './spec.ts';

/** The regions of each entity's row. */
export type Layouts = ReadonlyMap<Entity, { readonly regions: readonly Region[]; readonly bytes: number }>;

/** What an entity keeps for its own features and for those of others that read from it. */
export function kindsOf(features: readonly FeatureSpec[], entity: Entity): OwnKind[] {
  return features.flatMap(({ entity: of, kind }) => {
    if (kind.op === 'cross') {
      const own = kind.count === 'others' && of === entity ? [kind.kind] : [];
      return kind.entity === entity ? [kind.kind] : own;
    }
    return of === entity ? [kind] : [];
  });
}

/**
 * Lays out the rows of all entities: what each keeps of itself, and what it keeps as a member so that it can be moved with it;
 * a visitor keeps what may become a lead's or a contact's.
 */
export function layOut(features: readonly FeatureSpec[], catalogue: Catalogue, compile: (entity: Entity, kind: OwnKind) => Kind): Layouts {
  const needsOf = (entity: Entity, as: Entity): Need[] => kindsOf(features, entity).flatMap((kind) => compile(as, kind).needs);
  const kinds = ({ input }: Need) => input.event.map((event) => schemaOf(catalogue, event).kinds);

  const ofRow = (entity: Entity): Need[] => [
    ...needsOf(entity, entity),
    ...ENTITIES.filter((container) => membersOf(container).includes(entity))
      .flatMap((container) => needsOf(container, entity).filter((need) => feeds(container, entity, kinds(need)))),
  ];
  const rows = new Map(ENTITIES.map((entity) => [entity, ofRow(entity)]));
  const ofVisitors = [...rows.get('lead')!, ...rows.get('contact')!].filter((need) => kinds(need).some((of) => of.includes('visitor')));
  rows.set('visitor', ofVisitors);
  const longest = longestOf([...rows.values()].flat());
  return new Map([...rows].map(([entity, needs]) => [entity, layRegions(needs, longest)]));
}
