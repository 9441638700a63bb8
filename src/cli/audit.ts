import { Command } from 'commander';
import { join } from 'node:path';
import { formatDecision, formatReceipt, headsIn, marksIn, verifyJournals, type Decision, type Difference, type JournalHead, type LogReplay } from '../audit/index.ts';
import { Fault, quote } from '../base/index.ts';
import { readBackup } from '../cell/index.ts';
import { erase, readmit } from './audit-erase.ts';
import { withAuditor, type Auditor } from './auditor.ts';
import { readConfig, type Config } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { interruptible } from './interrupt.ts';
import { step } from './progress.ts';
import { inScratchOrMemory } from './scratch.ts';
import { counted } from './words.ts';

type Flags = CellFlags & { json?: boolean };

export function auditCommand(): Command {
  const audit = new Command('audit')
    .summary('verify the journal, replay or print a decision, erase or readmit a subject')
    .description('What an auditor and a privacy officer need. Reads the cell’s files, whether its process runs or not.');
  const add = (name: string, description: string): Command => withCellFlags(audit.command(name).description(description)).option('--json', 'print JSON');

  add('verify', 'walks every journal: bodies against hashes, hashes against the chain, ends against the log, blanks against receipts')
    .option('--against <backup>', 'a folder that `bin/leadrank backup` made: what its journals hold must be here, too')
    .action(({ against, ...flags }: Flags & { against?: string }) =>
    withAuditor(readConfig(flags), async ({ paths, receipts, log, cell }) => {
      const { anchored, retired } = await marksIn(log);
      const marks = { retired, anchored: [...anchored, ...(against === undefined ? [] : headsOf(against, cell))] };
      const result = verifyJournals(paths.journal, { erasedBy: receipts.covers, marks });
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
    .action((id: string, { fromLog, ...flags }: Flags & { fromLog?: boolean }) => {
      const config = readConfig(flags);
      return withAuditor(config, async (auditor) => {
        const { decision } = auditor.entry(id);
        const replay = await auditor.replayer.replay(decision);
        const log = fromLog ? await derive(decision, auditor, config) : null;
        const lines = [verdict(`${id}: the decision`, replay), ...(log === null ? [] : [verdict(`${id}: its inputs${log.listChecked ? ' and its list' : ''} from the log`, log)])];
        lines.push(`made with engine ${replay.engine}, bundle ${replay.bundle ?? 'none'}`);
        print(flags, { ...replay, log }, lines.join('\n'));
        process.exitCode = replay.same && (log?.same ?? true) ? 0 : 1;
      });
    });

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

  add('readmit', 'takes an erased person or record off the suppression list, where consent was given anew')
    .argument('<record>', 'the id that was erased')
    .action(async (record: string, flags: Flags) => {
      const receipt = await readmit(readConfig(flags), record);
      print(flags, { receipt }, `Off the suppression list, where receipt ${receipt} had put it: what is told of it from now on is of somebody new.`);
    });
  return audit;
}

/** How far the journals of a backup go. Throws a Fault where it is none, or of another cell. */
function headsOf(backup: string, cell: string): JournalHead[] {
  const { id } = readBackup(backup);
  if (id !== cell) throw new Fault({ kind: 'conflict', value: backup, rule: `is a backup of cell ${id}, not of ${cell}`, remedy: 'name one of this cell' });
  return headsIn(join(backup, 'journal'));
}

/** Derives a decision's inputs and its list from the log, in memory or, of a long log, on the disk. */
function derive(decision: Decision, { log, featuresOf, find, replayer }: Auditor, { dir }: Config): Promise<LogReplay> {
  return step('Replaying the log', ({ update }) =>
    inScratchOrMemory(dir, decision.offset, (scratch) =>
      interruptible('replay', async (signal) => replayer.fromLog(decision, { log, features: await featuresOf(decision), find, scratch, signal, onProgress: (done, all) => update(`${done.toLocaleString('en')} of ${all.toLocaleString('en')} events`) })),
    ),
  );
}

function verdict(what: string, { same, differences }: { same: boolean; differences: readonly Difference[] }): string {
  if (same) return `${what}: the same to the last bit`;
  const lines = differences.map(({ field, recorded, computed }) => `  ${field}: recorded ${quote(recorded)}, computed ${quote(computed)}`);
  return [`${what}: differs`, ...lines].join('\n');
}

function print({ json }: Flags, value: unknown, text: string): void {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${text}\n`);
}
