import type { Entity, Folds } from '../../features/index.ts';

/** The columns that a message carries: what the row of an entity reads of an event of its own, or of a member's. */
export type MessageColumns = (entity: Entity, code: number, member?: Entity) => readonly number[];

/** Looks them up once: sender and receiver go by the same list. */
export function createMessageColumns(folds: Folds): MessageColumns {
  const lists = new Map<Entity, Map<Entity | undefined, (readonly number[] | undefined)[]>>();
  return (entity, code, member) => {
    let of = lists.get(entity);
    if (of === undefined) lists.set(entity, (of = new Map()));
    let list = of.get(member);
    if (list === undefined) of.set(member, (list = []));
    return (list[code] ??= folds.of(entity).columnsOf(code, member));
  };
}
