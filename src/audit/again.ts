import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyObject } from 'node:crypto';
import { Fault, writeFileAtomic } from '../base/index.ts';
import { verifyReceipt, type ErasureReceipt, type SignedReceipt } from './receipt.ts';

const FILE = /^er_[0-9a-z]{20}\.json$/u;

/**
 * Asks for the erasures again whose receipts lie in `from` and not in `dir`, the receipts of a cell that was restored from
 * an older backup: each gets a note as if it had been interrupted, and `resume` of the eraser completes it under the same
 * receipt. Returns how many. Throws a Fault for a receipt that the cell did not sign.
 */
export function eraseAgain({ from, dir, key }: { from: string; dir: string; key: KeyObject }): number {
  const files = (existsSync(from) ? readdirSync(from) : []).filter((file) => FILE.test(file) && !existsSync(join(dir, file)));
  const receipts = files.map((file) => readSigned(join(from, file), key));
  for (const { receipt, subject, requested } of receipts) {
    const note: Omit<ErasureReceipt, 'completed'> = { receipt, subject, requested, identity: false, events: 0, quarantined: 0, decisions: [], places: [] };
    writeFileAtomic(join(dir, `${receipt}.pending`), JSON.stringify(note));
  }
  return receipts.length;
}

function readSigned(path: string, key: KeyObject): SignedReceipt {
  let receipt: SignedReceipt | undefined;
  try {
    receipt = JSON.parse(readFileSync(path, 'utf8')) as SignedReceipt;
  } catch (cause) {
    throw unsigned(path, cause);
  }
  if (typeof receipt.signature !== 'string' || !verifyReceipt(receipt, key)) throw unsigned(path);
  return receipt;
}

const unsigned = (path: string, cause?: unknown): Fault =>
  new Fault({ kind: 'corrupt', value: path, rule: 'is no receipt of this cell', remedy: 'give the receipts of the cell that was backed up', cause });
