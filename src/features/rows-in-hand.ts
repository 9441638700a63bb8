import type { Table } from './store.ts';

/** The rows that a fold works on. They stay in hand between transactions: what is hot is read and unpacked once. */
export interface RowsInHand {
  get(key: string): DataView | undefined;
  /** The row for change; made where there is none. */
  touch(key: string, make: () => DataView): DataView;
  remove(key: string): void;
  /** Writes what was touched since. */
  save(): void;
  /** Forgets what was not written, and with it all that is in hand. */
  drop(): void;
}

/** About 50 MB. */
const MOST = 50_000;

export function createRowsInHand(table: Table): RowsInHand {
  const rows = new Map<string, DataView>();
  const touched = new Set<string>();

  const stored = (key: string): DataView | undefined => {
    const bytes = table.get(key);
    return bytes === undefined ? undefined : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };

  return {
    get: (key) => rows.get(key) ?? stored(key),
    touch(key, make) {
      touched.add(key);
      let row = rows.get(key);
      if (row === undefined) rows.set(key, (row = stored(key) ?? make()));
      return row;
    },
    remove(key) {
      rows.delete(key);
      touched.delete(key);
      table.remove(key);
    },
    save() {
      for (const key of touched) {
        const row = rows.get(key)!;
        table.put(key, new Uint8Array(row.buffer, row.byteOffset, row.byteLength));
      }
      touched.clear();
      if (rows.size > MOST) rows.clear();
    },
    drop() {
      rows.clear();
      touched.clear();
    },
  };
}
