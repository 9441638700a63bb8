import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, Fault, quote, writeFileAtomic } from '../base/index.ts';
import type { Place } from './ledger.ts';

/** What an erasure removed. Names nobody: the subject is a random id whose link to the outside is gone. */
export interface ErasureReceipt {
  /** `er_` and 20 random characters. */
  readonly receipt: string;
  readonly subject: string;
  /** ms */
  readonly requested: number;
  /** ms */
  readonly completed: number;
  /** Whether there was a link to an outside id. */
  readonly identity: boolean;
  /** Events removed from the log; a crash at that very step can leave them uncounted, never unremoved. */
  readonly events: number;
  /** Refused events removed from the quarantine. */
  readonly quarantined: number;
  /** Decisions whose bodies were blanked, and where they lay. */
  readonly decisions: readonly string[];
  readonly places: readonly Place[];
}

export interface SignedReceipt extends ErasureReceipt {
  /** Ed25519 over the canonical JSON of the rest, base64. */
  readonly signature: string;
}

/** The receipts of a cell's erasures. */
export interface Receipts {
  write(receipt: ErasureReceipt): SignedReceipt;
  /** By its own id. */
  find(receipt: string): SignedReceipt | undefined;
  ofSubject(subject: string): SignedReceipt | undefined;
  ofDecision(decision: string): SignedReceipt | undefined;
  /** True where a receipt names this record of a journal. */
  covers(place: Place): boolean;
}

/**
 * `key` is the cell's Ed25519 private key. A file whose signature does not hold is refused with a Fault (`corrupt`).
 */
export function openReceipts({ dir, key }: { dir: string; key: KeyObject }): Receipts {
  const publicKey = createPublicKey(key);
  const known = new Map<string, SignedReceipt>();

  const all = (): SignedReceipt[] => {
    const files = existsSync(dir) ? readdirSync(dir) : [];
    for (const file of files) {
      const id = /^(er_[0-9a-z]{20})\.json$/.exec(file)?.[1];
      if (id !== undefined && !known.has(id)) known.set(id, readReceipt(join(dir, file), publicKey));
    }
    return [...known.values()];
  };

  return {
    write(receipt) {
      const signed = { ...receipt, signature: sign(null, Buffer.from(canonicalJson(receipt)), key).toString('base64') };
      writeFileAtomic(join(dir, `${receipt.receipt}.json`), `${JSON.stringify(signed, null, 2)}\n`);
      known.set(receipt.receipt, signed);
      return signed;
    },
    find: (id) => all().find(({ receipt }) => receipt === id),
    ofSubject: (subject) => all().find((receipt) => receipt.subject === subject),
    ofDecision: (decision) => all().find(({ decisions }) => decisions.includes(decision)),
    covers: (place) =>
      all().some(({ places }) => places.some(({ segment, at }) => segment === place.segment && at === place.at)),
  };
}

/** True where the receipt is the one that was signed. */
export function verifyReceipt({ signature, ...receipt }: SignedReceipt, publicKey: KeyObject): boolean {
  return verify(null, Buffer.from(canonicalJson(receipt)), publicKey, Buffer.from(signature, 'base64'));
}

/** A receipt for people. */
export function formatReceipt(receipt: ErasureReceipt): string {
  const { receipt: id, subject, requested, completed, identity, events, quarantined, decisions } = receipt;
  return [
    `Erasure receipt ${id}`,
    `Subject     ${subject}`,
    `Requested   ${new Date(requested).toISOString()}`,
    `Completed   ${new Date(completed).toISOString()}`,
    `Identity    ${identity ? 'the link to the outside id was deleted' : 'there was no link to an outside id'}`,
    `Log         ${events} events removed`,
    `Quarantine  ${quarantined} refused events removed`,
    `Journal     ${decisions.length} decisions blanked`,
  ].join('\n');
}

function readReceipt(path: string, publicKey: KeyObject): SignedReceipt {
  const receipt = parse(readFileSync(path, 'utf8'));
  if (receipt !== null && verifyReceipt(receipt, publicKey)) return receipt;
  throw new Fault({
    kind: 'corrupt',
    value: quote(path),
    rule: "does not bear the cell's signature",
    remedy: 'restore it from a backup',
  });
}

function parse(text: string): SignedReceipt | null {
  try {
    return JSON.parse(text) as SignedReceipt;
  } catch {
    return null;
  }
}
