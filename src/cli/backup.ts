import { Command } from 'commander';
import { resolve } from 'node:path';
import { marksIn, verifyJournals, type Marks } from '../audit/index.ts';
import { Fault, systemClock } from '../base/index.ts';
import { folderStore, identityStore, stateStore, topStore, writeBackup, type BackupManifest, type BackupStore, type CellPaths } from '../cell/index.ts';
import { backupLog } from '../log/index.ts';
import { readConfig } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { withGuest } from './guest.ts';
import { interruptible } from './interrupt.ts';
import { step } from './progress.ts';

interface Flags extends CellFlags {
  out: string;
  json?: boolean;
}

export function backupCommand(): Command {
  return withCellFlags(new Command('backup'))
    .summary('copy a cell to a folder, while it runs')
    .description(
      'Copies what a cell cannot rebuild, and its state, consistently and beside its running process. The folder holds the keys of the cell: ' +
        'guard it like the cell itself. A backup keeps what is erased later until you delete it; restore erases it again.',
    )
    .requiredOption('--out <dir>', 'a folder that does not exist yet')
    .option('--json', 'print what was copied as JSON')
    .action(async ({ out, json, ...flags }: Flags) => {
      await withGuest(readConfig(flags), async ({ cell, log }) => {
        const target = resolve(out);
        const { id, region } = cell;
        const manifest = await step(`Copying ${cell.dir}`, ({ update }) =>
          interruptible(target, (signal) => writeBackup({ out: target, cell: { id, region }, stores: storesOf(cell.dir, cell.paths, () => marksIn(log)), clock: systemClock, onProgress: update, signal })),
        );
        process.stdout.write(json ? `${JSON.stringify(summary(target, manifest))}\n` : text(target, manifest));
      });
    });
}

/**
 * In this order each copy knows what the ones before it name: no row of a feed counts as taken that the log lacks, the state folds no
 * event that the log lacks, subjects of the log have their identities, models that it promotes and engines of the journal are there.
 */
function storesOf(dir: string, paths: CellPaths, marks: () => Promise<Marks>): BackupStore[] {
  return [
    folderStore(paths, 'feeds'),
    stateStore(paths),
    { name: 'log', copy: (target) => backupLog(paths.log, target) },
    identityStore(paths),
    journalStore(paths, marks),
    ...(['bundles', 'engines', 'receipts', 'quarantine', 'keys'] as const).map((name) => folderStore(paths, name)),
    topStore(dir),
  ];
}

const ATTEMPTS = 3;

/** The journals up to their last whole record. An erasure that blanks one while it is copied makes it be copied again. */
function journalStore(paths: CellPaths, marks: () => Promise<Marks>): BackupStore {
  const plain = folderStore(paths, 'journal');
  return {
    name: 'journal',
    async copy(target) {
      for (let attempt = 1; ; attempt++) {
        const told = await marks(); // before: what the log tells of is in the copy, then
        await plain.copy(target);
        const { ok, records, firstBad } = verifyJournals(target, { marks: told });
        if (ok) return { records };
        if (attempt < ATTEMPTS) continue;
        const { segment, record, flaw } = firstBad!;
        throw new Fault({ kind: 'corrupt', value: `${segment}, record ${record}`, rule: flaw, remedy: 'look at `bin/leadrank audit verify`' });
      }
    },
  };
}

function summary(out: string, { id, begun, done, positions, files }: BackupManifest) {
  return { out, cell: id, begun, done, positions, files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function text(out: string, manifest: BackupManifest): string {
  const { positions, files, bytes } = summary(out, manifest);
  const count = (n: number | undefined): string => (n ?? 0).toLocaleString('en');
  return (
    `${out}: ${files} files, ${(bytes / 2 ** 20).toFixed(1)} MiB\n` +
    `up to event ${count(positions['log']?.['end'])}, ${count(positions['journal']?.['records'])} decisions\n`
  );
}
