import type { Database } from 'lmdb';
import type { Mac } from '../base/index.ts';
import type { SubjectKind } from '../events/index.ts';
import { shortId } from './salesforce-id.ts';

/**
 * Whom nothing may bring back: outside ids that were erased, as keyed hashes, each with the receipt of its erasure. No id can be read
 * from it, and without the cell's key none can be tried out. An id of Salesforce is the same in its two lengths.
 */
export interface SuppressionList {
  /** What stands for an outside id here, 43 characters. */
  keyOf(kind: SubjectKind, externalId: string): string;
  /** The receipt; undefined where the id is not on the list. */
  receiptOf(kind: SubjectKind, externalId: string): string | undefined;
  /** Durable when it returns. Adding twice is no error. */
  add(key: string, receipt: string): void;
  /** Takes an id off, durably. Returns the receipt, undefined where it was not on the list. */
  lift(kind: SubjectKind, externalId: string): string | undefined;
  count(): number;
}

export interface SuppressionParts {
  readonly table: Database<string, string>;
  readonly mac: Mac;
  /** In a transaction. */
  readonly write: <T>(work: () => T) => T;
  /** What is read; the Fault of bytes that are damaged. */
  readonly told: <T>(ask: () => T) => T;
  /** Sees what other processes wrote. */
  readonly fresh: () => void;
}

export function createSuppressionList({ table, mac, write, told, fresh }: SuppressionParts): SuppressionList {
  const keyOf = (kind: SubjectKind, externalId: string): string => mac.of(`${kind}\0${shortId(externalId)}`).toString('base64url');
  const receiptOf = (kind: SubjectKind, externalId: string): string | undefined => {
    return told(() => {
      fresh();
      return table.get(keyOf(kind, externalId));
    });
  };
  return {
    keyOf,
    receiptOf,
    add: (key, receipt) => void write(() => table.putSync(key, receipt)),
    lift(kind, externalId) {
      const receipt = receiptOf(kind, externalId);
      if (receipt !== undefined) write(() => table.removeSync(keyOf(kind, externalId)));
      return receipt;
    },
    count: () =>
      told(() => {
        fresh();
        return table.getCount();
      }),
  };
}
