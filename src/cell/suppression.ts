import type { Database } from 'lmdb';
import type { Mac } from '../base/index.ts';
import type { SubjectKind } from '../events/index.ts';

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
  /** Sees what other processes wrote. */
  readonly fresh: () => void;
}

export function createSuppressionList({ table, mac, write, fresh }: SuppressionParts): SuppressionList {
  const keyOf = (kind: SubjectKind, externalId: string): string => mac.of(`${kind}\0${shortId(externalId)}`).toString('base64url');
  const receiptOf = (kind: SubjectKind, externalId: string): string | undefined => {
    fresh();
    return table.get(keyOf(kind, externalId));
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
    count() {
      fresh();
      return table.getCount();
    },
  };
}

const LONG = /^[0-9A-Za-z]{15}[A-Z0-5]{3}$/u;
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The 15 characters of an id of Salesforce that is written with 18: the last three say which of the others are capitals, five to a
 * digit (Salesforce, "What are Salesforce ID's composed of?"). Any other id as it is.
 */
function shortId(id: string): string {
  if (!LONG.test(id)) return id;
  const digitOf = (from: number): string => DIGITS[[0, 1, 2, 3, 4].reduce((bits, at) => bits | (Number(/[A-Z]/u.test(id[from + at]!)) << at), 0)]!;
  return id.endsWith(digitOf(0) + digitOf(5) + digitOf(10)) ? id.slice(0, 15) : id;
}
