import { HEADER_BYTES, type Entity, type Folds } from '../../features/index.ts';

/** The row of each entity into which nothing was folded yet; of its header nothing is said. */
export function createEmptyRows(folds: Folds): (entity: Entity) => DataView {
  const rows = new Map<Entity, DataView>();
  return (entity) => {
    let row = rows.get(entity);
    if (row === undefined) {
      const { bytes, init } = folds.of(entity);
      rows.set(entity, (row = new DataView(new ArrayBuffer(HEADER_BYTES + bytes))));
      init(row, HEADER_BYTES);
    }
    return row;
  };
}
