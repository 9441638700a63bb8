import { join } from 'node:path';
import type { StateRow } from '../store.ts';
import { noteWhole } from './running.ts';
import { DATA, openRoot, openTable, transactionIn } from './store.ts';

/** Entries of one transaction: its pages stay in memory until it ends. */
const MOST = 20_000;

/**
 * Fills the tables of a new state with entries that ascend within each table and are as they lie on the disk; pages are filled to
 * their ends. Durable when it resolves. Rejects with a Fault where the disk is full.
 */
export async function fillLmdb(path: string, entries: Iterable<StateRow>): Promise<void> {
  const root = openRoot(path, 'write');
  const tables = new Map<string, ReturnType<typeof openTable>>();
  const put = ({ table, key, bytes }: StateRow): void => {
    let of = tables.get(table);
    if (of === undefined) tables.set(table, (of = openTable(root, table)));
    const isPut: unknown = of.putSync(key, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { append: true });
    if (isPut === false) throw new Error(`${table} ${key} is not behind the entry before it`);
  };
  const source = entries[Symbol.iterator]();
  try {
    let next = source.next();
    while (next.done !== true) {
      transactionIn(root, path, () => {
        for (let count = 0; count < MOST && next.done !== true; count++) {
          put(next.value);
          next = source.next();
        }
      });
    }
  } finally {
    source.return?.();
    await root.close();
  }
  noteWhole(path, join(path, DATA));
}
