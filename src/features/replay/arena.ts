import type { Entity } from '../spec.ts';

/** Rows cut from large buffers, each a copy of its entity's empty row. */
export interface Arena {
  take(entity: Entity): DataView;
  /** All rows are free again; views that were taken must not be used any more. */
  clear(): void;
}

const MOST = 2 ** 22;
const FIRST = 2 ** 14;

interface Stock {
  readonly empty: Uint8Array;
  readonly views: DataView[];
  used: number;
}

export function createArena(emptyOf: (entity: Entity) => DataView): Arena {
  const stocks = new Map<Entity, Stock>();

  const stockOf = (entity: Entity): Stock => {
    let stock = stocks.get(entity);
    if (stock === undefined) {
      const { buffer } = emptyOf(entity);
      stocks.set(entity, (stock = { empty: new Uint8Array(buffer as ArrayBuffer), views: [], used: 0 }));
    }
    return stock;
  };

  /** As much again as there is, in one buffer of up to four megabytes. */
  const grow = ({ empty, views }: Stock): void => {
    const size = empty.length;
    const count = Math.max(1, Math.floor(Math.min(MOST, Math.max(FIRST, views.length * size)) / size));
    const buffer = new ArrayBuffer(count * size);
    for (let i = 0; i < count; i++) views.push(new DataView(buffer, i * size, size));
  };

  return {
    take(entity) {
      const stock = stockOf(entity);
      if (stock.used === stock.views.length) grow(stock);
      const view = stock.views[stock.used++]!;
      new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(stock.empty);
      return view;
    },
    clear() {
      for (const stock of stocks.values()) stock.used = 0;
    },
  };
}
