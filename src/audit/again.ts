import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyObject } from 'node:crypto';
import { Fault, writeFileAtomic } from '../base/index.ts';
import { parsed, readSigned, type ErasureReceipt } from './receipt.ts';

const FILE = /^(er_[0-9a-z]{20})\.(json|pending)$/u;

type Asked = Pick<ErasureReceipt, 'receipt' | 'subject' | 'requested' | 'suppression'>;

/**
 * Asks for the erasures again of which receipts, or notes of one that was under way, lie in `from` and none in `dir`: those of a
 * cell that was restored from an older backup. Each gets a note as if it had been interrupted, and `resume` of the eraser completes it
 * under the same receipt. Returns how many. Throws a Fault for a receipt that the cell did not sign, and a note that cannot be read.
 */
export function eraseAgain({ from, dir, key }: { from: string; dir: string; key: KeyObject }): number {
  const asked = new Map<string, Asked>();
  for (const file of existsSync(from) ? readdirSync(from) : []) {
    const [, receipt, form] = FILE.exec(file) ?? [];
    if (receipt === undefined || ['json', 'pending'].some((known) => existsSync(join(dir, `${receipt}.${known}`)))) continue;
    const found = form === 'json' ? readSigned(join(from, file), key) : noteIn(join(from, file), receipt);
    if (found === null) throw unsigned(join(from, file));
    asked.set(receipt, found);
  }
  for (const { receipt, subject, requested, suppression } of asked.values()) {
    const kept = suppression === undefined ? {} : { suppression };
    const note: Omit<ErasureReceipt, 'completed'> = { receipt, subject, requested, ...kept, identity: false, events: 0, quarantined: 0, decisions: [], places: [] };
    writeFileAtomic(join(dir, `${receipt}.pending`), JSON.stringify(note));
  }
  return asked.size;
}

/** What was asked for and not completed; null where the file does not say. Nobody signs a note: what it asks for is done, not claimed. */
function noteIn(path: string, receipt: string): Asked | null {
  const note = parsed(readFileSync(path, 'utf8')) as Partial<Asked> | null;
  const { subject, requested, suppression } = note ?? {};
  if (note?.receipt !== receipt || typeof subject !== 'string' || typeof requested !== 'number') return null;
  return { receipt, subject, requested, ...(typeof suppression === 'string' && { suppression }) };
}

const unsigned = (path: string): Fault =>
  new Fault({ kind: 'corrupt', value: path, rule: 'is no receipt of this cell', remedy: 'give the receipts of the cell that was backed up' });
