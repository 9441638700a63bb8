import { open } from 'lmdb';

/** Rows of bytes under short texts, in a file that can be lost: several processes may have it open. */
export interface Rows {
  /** What was put last, here at once and elsewhere as soon as it is written; undefined where there is none. */
  get(key: string): Uint8Array | undefined;
  /** Nothing waits for the disk. */
  put(key: string, bytes: Uint8Array): void;
  /** Resolves once nothing of it is held or still to be written. */
  remove(key: string): Promise<void>;
  /** Every row, those first that still wait to be written. */
  all(): Iterable<{ readonly key: string; readonly value: Uint8Array }>;
  /** Resolves once everything is written. Idempotent. */
  close(): Promise<void>;
}

/** Rows in LMDB; made where there is no file. */
export function openRows(path: string): Rows {
  const db = open<Uint8Array, string>({ path, encoding: 'binary', noSync: true });
  /** What the queue of writes has not reached yet; null for what is being removed. */
  const unwritten = new Map<string, Uint8Array | null>();
  let closing: Promise<void> | null = null;
  return {
    get(key) {
      const held = unwritten.get(key);
      return held === undefined ? db.get(key) : (held ?? undefined);
    },
    put(key, bytes) {
      unwritten.set(key, bytes);
      const written = (): void => void (unwritten.get(key) === bytes && unwritten.delete(key));
      db.put(key, bytes).then(written, written);
    },
    async remove(key) {
      unwritten.set(key, null);
      await db.remove(key); // in the queue, behind any put of the key that still waits there
      if (unwritten.get(key) === null) unwritten.delete(key);
    },
    *all() {
      const waiting = new Map(unwritten);
      for (const [key, value] of waiting) if (value !== null) yield { key, value };
      for (const row of db.getRange()) if (!waiting.has(row.key)) yield row;
    },
    close: () => (closing ??= db.close()),
  };
}
