import { createSecretKey, type KeyObject } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createMac, makeFolder } from '../base/index.ts';
import { CELL_SUBJECT, newSubject, type IdentityMap, type SubjectId, type SubjectKind } from '../events/index.ts';
import { identityFault, lackingSecrets, lostPairs } from './identity-faults.ts';
import { openIdentityTables, type Doomed, type IdentityTables } from './identity-tables.ts';
import type { CellKeys } from './keys.ts';
import { createRecent } from './recent.ts';
import { NONCE_BYTES, seal, unseal } from './seal.ts';
import { openSlots, type Slots } from './slots.ts';
import { createSuppressionList, type SuppressionList } from './suppression.ts';

/** The identity map of a cell: durable, encrypted, erasable. */
export interface CellIdentities extends IdentityMap {
  /** Runs the work in one durable transaction: many first sights for the price of one. A throw undoes them all. */
  batch<T>(work: () => T): T;
  /** Whom nothing may bring back. */
  readonly suppressed: SuppressionList;
  /** How many pairs there are. */
  count(): number;
  close(): Promise<void>;
}

/** The name of the file of the pairs. */
export const IDENTITIES_FILE = 'identities.mdb';

// Each slot's key seals two messages, one each way, so the direction alone makes the nonce unique.
const FORWARD = Buffer.alloc(NONCE_BYTES, 1);
const REVERSE = Buffer.alloc(NONCE_BYTES, 2);
const SLOT_BYTES = 6;
const NO_INDEX: Buffer = Buffer.alloc(0);
const pairOf = (kind: SubjectKind, externalId: string): string => `${kind}\0${externalId}`;
const RECENT = 2 ** 26; // bytes of pairs in memory: to decrypt one takes longer than all else at the gate

/**
 * Two tables: HMAC(kind, external id) → subject, and subject → external id. Both values are sealed under the secret
 * of the pair's slot, so wiping the slot erases the pair even from the pages that LMDB has freed but not overwritten. A third
 * table is the suppression list.
 * A first sight is durable when `subjectOf` returns, and so before any event that uses it. Opening and asking throw a Fault, `corrupt`
 * where a file is damaged.
 */
export function openIdentities(dir: string, keys: Pick<CellKeys, 'derive'>): CellIdentities {
  makeFolder(dir, { mode: 0o700 });
  const [path, secrets] = [join(dir, IDENTITIES_FILE), join(dir, 'secrets.bin')];
  if (bytesOf(path) === 0 && bytesOf(secrets) > 0) throw lostPairs(path);
  const tables = openIdentityTables(path);
  let slots: Slots | undefined;
  try {
    slots = openSlots(secrets);
    const lacking = slots.lacking(tables.meta.get('slots') ?? 0);
    if (lacking > 0) throw lackingSecrets(secrets, lacking);
    return mapOver({ path, tables, slots, keys });
  } catch (cause) {
    slots?.close();
    void tables.root.close();
    throw identityFault(path, cause);
  }
}

const bytesOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

interface Parts {
  /** Of the file of the tables. */
  readonly path: string;
  readonly tables: IdentityTables;
  readonly slots: Slots;
  readonly keys: Pick<CellKeys, 'derive'>;
}

function mapOver({ path, tables, slots, keys }: Parts): CellIdentities {
  const { root, forward, reverse, doomed, meta, suppressed: table } = tables;
  const indexMac = createMac(keys.derive('identity-index'));
  const pairMac = createMac(keys.derive('identity-pairs'));
  const cache = createRecent<SubjectId>({ most: RECENT });
  let cachedAt = -1; // erasures when the cache was empty
  let inBatch = false;
  let given: number | undefined; // slots, in the transaction that runs
  let indexed = { pair: '', index: NO_INDEX }; // the last

  /** The index of a pair; it is asked for again when a pair that was not found is made. */
  const indexOf = (pair: string): Buffer => {
    if (pair !== indexed.pair) indexed = { pair, index: indexMac.of(pair) };
    return indexed.index;
  };
  // a cipher takes long to see that plain bytes are a key
  const slotKey = (secret: Uint8Array): KeyObject => createSecretKey(pairMac.of(secret));
  const pack = (slot: number, sealed: Buffer): Buffer => {
    const head = Buffer.alloc(SLOT_BYTES);
    head.writeUIntBE(slot, 0, SLOT_BYTES);
    return Buffer.concat([head, sealed]);
  };
  const unpack = (value: Buffer | undefined): string | undefined => {
    const secret = value && slots.read(value.readUIntBE(0, SLOT_BYTES));
    return secret && unseal(slotKey(secret), value.subarray(SLOT_BYTES))?.toString('utf8');
  };
  const transact = <T>(work: () => T): T => {
    try {
      return root.transactionSync(() => {
        const result = work();
        slots.sync(); // a secret is durable before the pair that it seals
        if (given !== undefined) meta.putSync('slots', given);
        return result;
      });
    } catch (cause) {
      cache.clear(); // it may hold what is now undone
      slots.drop();
      throw identityFault(path, cause);
    } finally {
      given = undefined;
    }
  };
  /** In a transaction of its own, or in the batch that runs. */
  const write = <T>(work: () => T): T => (inBatch ? work() : transact(work));

  /** What LMDB says of damaged bytes names the file. */
  const told = <T>(ask: () => T): T => {
    try {
      return ask();
    } catch (cause) {
      throw identityFault(path, cause);
    }
  };

  /** Sees what other processes wrote. A batch keeps them from writing. */
  const fresh = (): void => {
    if (inBatch) return;
    root.resetReadTxn();
    refresh();
  };
  const refresh = (): void => {
    const erasures = meta.get('erasures') ?? 0;
    if (erasures !== cachedAt) cache.clear();
    cachedAt = erasures;
  };

  const find = (pair: string): SubjectId | undefined => {
    const known = cache.get(pair);
    if (known !== undefined) return known;
    const subject = unpack(forward.get(indexOf(pair))) as SubjectId | undefined;
    if (subject !== undefined) cache.set(pair, subject);
    return subject;
  };

  const insert = (kind: SubjectKind, pair: string): SubjectId => {
    const known = inBatch ? undefined : find(pair); // by another process, just before
    if (known !== undefined) return known;
    const subject = newSubject(kind);
    given ??= meta.get('slots') ?? 0;
    const slot = given++;
    const key = slotKey(slots.fill(slot));
    forward.putSync(indexOf(pair), pack(slot, seal(key, Buffer.from(subject), FORWARD)));
    reverse.putSync(subject, pack(slot, seal(key, Buffer.from(pair), REVERSE)));
    cache.set(pair, subject);
    return subject;
  };

  const wipe = (subject: string, { slot }: Doomed): void => {
    slots.wipe(slot);
    doomed.removeSync(subject);
  };
  const suppressed = createSuppressionList({ table, mac: createMac(keys.derive('suppression')), write, told, fresh });
  const cutShort = Array.from(doomed.getRange());
  for (const { key, value } of cutShort) wipe(key, value);

  const erase = (subject: SubjectId): boolean => {
    fresh();
    const value = reverse.get(subject);
    if (value === undefined) return false;
    const slot = value.readUIntBE(0, SLOT_BYTES);
    const pair = unpack(value);
    write(() => {
      doomed.putSync(subject, { slot });
      meta.putSync('erasures', (meta.get('erasures') ?? 0) + 1);
      reverse.removeSync(subject);
      if (pair !== undefined) forward.removeSync(indexOf(pair));
    });
    wipe(subject, { slot });
    cache.clear();
    return true;
  };

  return {
    suppressed,
    isSuppressed: (kind, externalId) => suppressed.receiptOf(kind, externalId) !== undefined,
    find(kind, externalId) {
      if (kind === 'cell') return CELL_SUBJECT;
      return told(() => {
        fresh();
        return find(pairOf(kind, externalId));
      });
    },
    subjectOf(kind, externalId) {
      if (kind === 'cell') return CELL_SUBJECT;
      return told(() => {
        fresh();
        const pair = pairOf(kind, externalId);
        return find(pair) ?? write(() => insert(kind, pair));
      });
    },
    externalOf(subject) {
      if (subject === CELL_SUBJECT) return 'cell';
      return told(() => {
        fresh();
        return unpack(reverse.get(subject))?.replace(/^[^\0]*\0/u, '');
      });
    },
    erase: (subject) => told(() => erase(subject)),
    batch(work) {
      if (inBatch) return work();
      inBatch = true;
      try {
        return transact(() => {
          refresh();
          return work();
        });
      } finally {
        inBatch = false;
      }
    },
    count: () =>
      told(() => {
        fresh();
        return reverse.getCount();
      }),
    async close() {
      slots.close();
      await root.close();
    },
  };
}
