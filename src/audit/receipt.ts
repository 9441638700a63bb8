import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, Fault, quote, readText, writeFileAtomic } from '../base/index.ts';
import type { Place } from './places.ts';

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
  /** What stands for the outside id on the suppression list, a keyed hash; absent where there was no link, and in receipts of before there was a list. */
  readonly suppression?: string;
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
  const byId = new Map<string, SignedReceipt>();
  const bySubject = new Map<string, SignedReceipt>();
  const byDecision = new Map<string, SignedReceipt>();
  const covered = new Set<string>();

  const index = (receipt: SignedReceipt): void => {
    byId.set(receipt.receipt, receipt);
    bySubject.set(receipt.subject, receipt);
    for (const decision of receipt.decisions) byDecision.set(decision, receipt);
    for (const place of receipt.places) covered.add(placeKey(place));
  };
  /** Takes in the receipts that other processes wrote meanwhile. */
  const refresh = (): void => {
    for (const file of existsSync(dir) ? readdirSync(dir) : []) {
      const id = /^(er_[0-9a-z]{20})\.json$/.exec(file)?.[1];
      if (id !== undefined && !byId.has(id)) index(readReceipt(join(dir, file), publicKey));
    }
  };
  const lookUp = (receipts: ReadonlyMap<string, SignedReceipt>, id: string): SignedReceipt | undefined => {
    refresh();
    return receipts.get(id);
  };

  return {
    write(receipt) {
      const signed = { ...receipt, signature: sign(null, Buffer.from(canonicalJson(receipt)), key).toString('base64') };
      writeFileAtomic(join(dir, `${receipt.receipt}.json`), `${JSON.stringify(signed, null, 2)}\n`);
      index(signed);
      return signed;
    },
    find: (id) => lookUp(byId, id),
    ofSubject: (subject) => lookUp(bySubject, subject),
    ofDecision: (decision) => lookUp(byDecision, decision),
    covers(place) {
      if (!covered.has(placeKey(place))) refresh();
      return covered.has(placeKey(place));
    },
  };
}

/** True where the receipt is the one that was signed. */
export function verifyReceipt({ signature, ...receipt }: SignedReceipt, publicKey: KeyObject): boolean {
  return verify(null, Buffer.from(canonicalJson(receipt)), publicKey, Buffer.from(signature, 'base64'));
}

/** A receipt for people. */
export function formatReceipt(receipt: ErasureReceipt): string {
  const { receipt: id, subject, requested, completed, identity, suppression, events, quarantined, decisions } = receipt;
  return [
    `Erasure receipt ${id}`,
    `Subject     ${subject}`,
    `Requested   ${new Date(requested).toISOString()}`,
    `Completed   ${new Date(completed).toISOString()}`,
    `Identity    ${identity ? 'the link to the outside id was deleted' : 'there was no link to an outside id'}`,
    ...(suppression === undefined ? [] : ['Kept out    the outside id is on the suppression list']),
    `Log         ${events} events removed`,
    `Quarantine  ${quarantined} refused events removed`,
    `Journal     ${decisions.length} decisions blanked`,
  ].join('\n');
}

function placeKey({ segment, at }: Place): string {
  return `${segment} ${at}`;
}

function readReceipt(path: string, publicKey: KeyObject): SignedReceipt {
  const receipt = readSigned(path, publicKey);
  if (receipt !== null) return receipt;
  throw new Fault({
    kind: 'corrupt',
    value: quote(path),
    rule: "does not bear the cell's signature",
    remedy: 'restore it from a backup',
  });
}

/** The receipt that a file holds; null where it is none that was signed with the key. Throws a Fault where the file cannot be read. */
export function readSigned(path: string, publicKey: KeyObject): SignedReceipt | null {
  const receipt = parsed(readText(path)) as SignedReceipt | null;
  return typeof receipt?.signature === 'string' && verifyReceipt(receipt, publicKey) ? receipt : null;
}

/** The JSON that a text is; null where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
