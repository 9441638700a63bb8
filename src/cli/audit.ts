import { Command } from 'commander';
import { join } from 'node:path';
import { formatDecision, formatReceipt, openReceipts, verifyJournals, type Entry, type Replay } from '../audit/index.ts';
import { Fault, quote, systemClock } from '../base/index.ts';
import { openCell } from '../cell/index.ts';
import { findAddress } from './address.ts';
import { requireCell, withApi } from './client.ts';
import { readConfig, type Config } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { openNode } from './node.ts';

type Flags = CellFlags & { json?: boolean };

const AUDITOR = { user: 'auditor', role: 'auditor' as const };

export function auditCommand(): Command {
  const audit = new Command('audit').summary('verify the journal, replay or print a decision, erase a subject').description('What an auditor and a privacy officer need.');
  const add = (name: string, description: string): Command => withCellFlags(audit.command(name).description(description)).option('--json', 'print JSON');

  add('verify', 'walks every journal: bodies against hashes, hashes against the chain, blanks against receipts').action(async (flags: Flags) => {
    const cell = openCell({ ...readConfig(flags), clock: systemClock, role: 'guest' });
    const { paths, keys } = cell;
    const receipts = openReceipts({ dir: paths.receipts, key: keys.signing });
    const result = verifyJournals(paths.journal, { erasedBy: receipts.covers });
    const { ok, records, erased, segments, firstBad } = result;
    const text = ok
      ? `${records} decisions in ${segments} segments: the chain holds; ${erased} erased, each with its receipt`
      : `${firstBad!.segment}, record ${firstBad!.record}: ${firstBad!.flaw}`;
    print(flags, result, text);
    await cell.close();
    process.exitCode = ok ? 0 : 1;
  });

  add('replay', 'computes a decision again with the engine, model and rules that made it, and compares bit by bit')
    .argument('<decision>', 'id, d_…')
    .action(async (id: string, flags: Flags) => {
      const url = `/v1/decisions/${encodeURIComponent(id)}/replay`;
      const result = await withApi(readConfig(flags), (ask) => ask<Replay>({ as: AUDITOR, method: 'POST', url }));
      const made = `engine ${result.engine}, bundle ${result.bundle ?? 'none'}`;
      const lines = result.differences.map(({ field, recorded, computed }) => `  ${field}: recorded ${quote(recorded)}, computed ${quote(computed)}`);
      print(flags, result, result.same ? `${id}: the same to the last bit (${made})` : [`${id}: differs (${made})`, ...lines].join('\n'));
      process.exitCode = result.same ? 0 : 1;
    });

  add('receipt', 'prints a decision with everything that it was made of')
    .argument('<decision>', 'id, d_…')
    .action(async (id: string, flags: Flags) => {
      const url = `/v1/decisions/${encodeURIComponent(id)}`;
      const entry = await withApi(readConfig(flags), (ask) => ask<Entry>({ as: AUDITOR, url }));
      print(flags, entry, formatDecision(entry));
    });

  add('erase', 'removes a lead from everything that holds something of it, and issues a signed receipt')
    .argument('<record>', 'id of the lead, e.g. 00Q…')
    .action(async (record: string, flags: Flags) => {
      const receipt = await erase(readConfig(flags), record);
      print(flags, receipt, formatReceipt(receipt));
    });
  return audit;
}

async function erase(config: Config, record: string): Promise<Parameters<typeof formatReceipt>[0]> {
  requireCell(config);
  const running = findAddress(config.dir);
  if (running !== undefined) {
    const rule = `the cell is in use by process ${running.pid}, and an erasure rewrites its files`;
    throw new Fault({ kind: 'conflict', value: config.dir, rule, remedy: 'stop it, erase, start it again' });
  }
  const node = await openNode(config);
  try {
    await node.caughtUp();
    const subject = node.cell.identities.find('lead', record);
    if (subject !== undefined) return await node.eraser.erase(subject);
    throw new Fault({ kind: 'missing', value: quote(record), rule: 'no such lead is known, or it was erased already', remedy: `see the receipts in ${join(config.dir, 'receipts')}` });
  } finally {
    await node.stop();
  }
}

function print({ json }: Flags, value: unknown, text: string): void {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${text}\n`);
}
