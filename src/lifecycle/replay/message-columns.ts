import type { Entity, Folds } from '../../features/index.ts';
import { catalogue } from '../../events/index.ts';

/** The columns that a message carries: what the row of an entity reads of an event of its own, or of a member's. By the code of the event's type. */
export type MessageColumns = (entity: Entity, member?: Entity) => readonly (readonly number[])[];

/** Looks them up once: sender and receiver go by the same lists. */
export function createMessageColumns(folds: Folds): MessageColumns {
  const known = new Map<Entity, Map<Entity | undefined, (readonly number[])[]>>();
  return (entity, member) => {
    let of = known.get(entity);
    if (of === undefined) known.set(entity, (of = new Map()));
    let lists = of.get(member);
    if (lists === undefined) {
      of.set(member, (lists = []));
      for (const { code } of catalogue.types) lists[code] = folds.of(entity).columnsOf(code, member);
    }
    return lists;
  };
}
