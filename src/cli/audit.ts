import { Command } from 'commander';
import { join } from 'node:path';
import { formatDecision, formatReceipt, verifyJournals, type Decision, type Difference, type LogReplay } from '../audit/index.ts';
import { Fault, quote } from '../base/index.ts';
import { discardLmdbState } from '../features/index.ts';
import { findAddress } from './address.ts';
import { withAuditor, type Auditor } from './auditor.ts';
import { requireCell } from './client.ts';
import { readConfig, type Config } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { interruptible } from './interrupt.ts';
import { openNode } from './node.ts';
import { step } from './progress.ts';
import { inScratchOrMemory } from './scratch.ts';
import { counted } from './words.ts';

type Flags = CellFlags & { json?: boolean };

export function auditCommand(): Command {
  const audit = new Command('audit')
    .summary('verify the journal, replay or print a decision, erase a subject')
    .description('What an auditor and a privacy officer need. Reads the cell’s files, whether its process runs or not.');
  const add = (name: string, description: string): Command => withCellFlags(audit.command(name).description(description)).option('--json', 'print JSON');

  add('verify', 'walks every journal: bodies against hashes, hashes against the chain, blanks against receipts').action((flags: Flags) =>
    withAuditor(readConfig(flags), async ({ paths, receipts }) => {
      const result = verifyJournals(paths.journal, { erasedBy: receipts.covers });
      const { ok, records, erased, segments, firstBad } = result;
      const text = ok
        ? `${counted(records, 'decision')} in ${counted(segments, 'segment')}: the chain holds; ${erased === 0 ? 'none' : erased} erased${erased === 0 ? '' : ', each with its receipt'}`
        : `${firstBad!.segment}, record ${firstBad!.record}: ${firstBad!.flaw}`;
      print(flags, result, text);
      process.exitCode = ok ? 0 : 1;
    }),
  );

  add('replay', 'computes a decision again with the engine, model and rules that made it, and compares bit by bit')
    .argument('<decision>', 'id, d_…')
    .option('--from-log', 'derive its inputs and its list from the log, too')
    .action((id: string, { fromLog, ...flags }: Flags & { fromLog?: boolean }) =>
      withAuditor(readConfig(flags), async (auditor) => {
        const { decision } = auditor.entry(id);
        const replay = await auditor.replayer.replay(decision);
        const log = fromLog ? await derive(decision, auditor, readConfig(flags)) : null;
        const lines = [verdict(`${id}: the decision`, replay), ...(log === null ? [] : [verdict(`${id}: its inputs${log.listChecked ? ' and its list' : ''} from the log`, log)])];
        lines.push(`made with engine ${replay.engine}, bundle ${replay.bundle ?? 'none'}`);
        print(flags, { ...replay, log }, lines.join('\n'));
        process.exitCode = replay.same && (log?.same ?? true) ? 0 : 1;
      }),
    );

  add('receipt', 'prints a decision with everything that it was made of')
    .argument('<decision>', 'id, d_…')
    .action((id: string, flags: Flags) =>
      withAuditor(readConfig(flags), async (auditor) => {
        const entry = auditor.entry(id);
        print(flags, entry, formatDecision(entry));
      }),
    );

  add('erase', 'removes a person or a record from everything that holds something of it, and issues a signed receipt')
    .argument('<record>', 'id of a lead, contact, opportunity or account, e.g. 00Q… or 003…, or of a visitor')
    .action(async (record: string, flags: Flags) => {
      const receipt = await erase(readConfig(flags), record);
      print(flags, receipt, formatReceipt(receipt));
    });
  return audit;
}

/** Derives a decision's inputs and its list from the log, in memory or, of a long log, on the disk. */
function derive(decision: Decision, { log, features, find, replayer }: Auditor, { dir }: Config): Promise<LogReplay> {
  return step('Replaying the log', ({ update }) =>
    inScratchOrMemory(dir, decision.offset, (scratch) =>
      interruptible('replay', (signal) => replayer.fromLog(decision, { log, features, find, scratch, signal, onProgress: (done, all) => update(`${done.toLocaleString('en')} of ${all.toLocaleString('en')} events`) })),
    ),
  );
}

/** What a person may stand behind, a person account among them. */
const ERASABLE = ['lead', 'contact', 'opportunity', 'account', 'visitor'] as const;

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
    const subject = ERASABLE.map((kind) => node.cell.identities.find(kind, record)).find((found) => found !== undefined);
    if (subject !== undefined) {
      const receipt = await node.eraser.erase(subject);
      await node.stop();
      // LMDB keeps what it deletes until the page is used again: only a state folded anew holds no trace.
      discardLmdbState(node.cell.paths.state);
      return receipt;
    }
    throw new Fault({ kind: 'missing', value: quote(record), rule: 'no such record is known, or it was erased already', remedy: `see the receipts in ${join(config.dir, 'receipts')}` });
  } finally {
    await node.stop();
  }
}

function verdict(what: string, { same, differences }: { same: boolean; differences: readonly Difference[] }): string {
  if (same) return `${what}: the same to the last bit`;
  const lines = differences.map(({ field, recorded, computed }) => `  ${field}: recorded ${quote(recorded)}, computed ${quote(computed)}`);
  return [`${what}: differs`, ...lines].join('\n');
}

function print({ json }: Flags, value: unknown, text: string): void {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${text}\n`);
}
