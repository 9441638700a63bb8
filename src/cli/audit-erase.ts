import { join } from 'node:path';
import type { SignedReceipt } from '../audit/index.ts';
import { Fault, quote, systemClock } from '../base/index.ts';
import { lengthsOf } from '../cell/index.ts';
import { CELL_SUBJECT, serviceEvent } from '../events/index.ts';
import { discardLmdbState } from '../features/index.ts';
import { findAddress } from './address.ts';
import { requireCell } from './client.ts';
import type { Config } from './config.ts';
import { withGuest } from './guest.ts';
import { openNode } from './node.ts';

/** What a person may stand behind, a person account among them. */
const ERASABLE = ['lead', 'contact', 'opportunity', 'account', 'visitor'] as const;

/** Erases a record from a cell that does not run; it may know an id of Salesforce in its other length. Throws a Fault: `conflict` where it does, `missing`, `gone` where it was erased before. */
export async function erase(config: Config, record: string): Promise<SignedReceipt> {
  requireCell(config);
  const running = findAddress(config.dir);
  if (running !== undefined) {
    const rule = `the cell is in use by process ${running.pid}, and an erasure rewrites its files`;
    throw new Fault({ kind: 'conflict', value: config.dir, rule, remedy: 'stop it, erase, start it again' });
  }
  const node = await openNode(config);
  try {
    await node.caughtUp();
    const { identities } = node.cell;
    const subject = lengthsOf(record).flatMap((id) => ERASABLE.map((kind) => identities.find(kind, id))).find((found) => found !== undefined);
    if (subject !== undefined) {
      const receipt = await node.eraser.erase(subject);
      await node.stop();
      // LMDB keeps what it deletes until the page is used again: only a state folded anew holds no trace.
      discardLmdbState(node.cell.paths.state);
      return receipt;
    }
    const before = ERASABLE.map((kind) => identities.suppressed.receiptOf(kind, record)).find((found) => found !== undefined);
    if (before !== undefined) throw new Fault({ kind: 'gone', value: quote(record), rule: `was erased, receipt ${before}`, remedy: 'nothing is left to do' });
    throw new Fault({ kind: 'missing', value: quote(record), rule: 'no such record is known, or it was erased already', remedy: `see the receipts in ${join(config.dir, 'receipts')}` });
  } finally {
    await node.stop();
  }
}

/**
 * Takes a record off the suppression list, beside the running cell or without one. That it was taken off stands in the log, and stands
 * there first. Returns the receipt of its erasure. Throws a Fault (`missing`) where it is not on the list.
 */
export function readmit(config: Config, record: string): Promise<string> {
  return withGuest(config, async ({ cell: { identities: { suppressed } }, log }) => {
    const held = ERASABLE.flatMap((kind) => {
      const receipt = suppressed.receiptOf(kind, record);
      return receipt === undefined ? [] : [{ kind, receipt }];
    });
    const receipts = new Set(held.map((one) => one.receipt));
    const [receipt] = receipts;
    if (receipt === undefined) {
      throw new Fault({ kind: 'missing', value: quote(record), rule: 'is not on the suppression list of this region', remedy: 'check the id; who is not on it is taken in without this' });
    }
    for (const one of receipts) {
      await log.append([serviceEvent({ id: `${one}.readmitted`, type: 'control.subject.readmitted', subject: CELL_SUBJECT, time: systemClock(), data: { receipt: one } })]);
    }
    for (const { kind } of held) suppressed.lift(kind, record);
    return receipt;
  });
}
