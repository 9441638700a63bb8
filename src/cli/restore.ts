import { Command } from 'commander';
import { existsSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { eraseAgain } from '../audit/index.ts';
import { Fault, quote, systemClock } from '../base/index.ts';
import { openCell, readBackup, unpackBackup, verifyBackup } from '../cell/index.ts';
import { findAddress } from './address.ts';
import { readConfig, type Config } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { openNode } from './node.ts';
import { step } from './progress.ts';

interface Flags extends CellFlags {
  from: string;
  receipts?: string;
  replace?: boolean;
  json?: boolean;
}

export function restoreCommand(): Command {
  return withCellFlags(new Command('restore'))
    .summary('make a cell out of a backup')
    .description(
      'Checks every file of a backup, lays it out as a data folder, erases again what was erased after it was made, and folds the log. ' +
        'Give the receipts of the lost cell with --receipts; with --replace they are taken from the folder that is replaced.',
    )
    .requiredOption('--from <dir>', 'a folder that `bin/leadrank backup` made')
    .option('--receipts <dir>', 'receipts of erasures since the backup')
    .option('--replace', 'move the present data folder aside, to DIR.replaced-<time>')
    .option('--json', 'print what was done as JSON')
    .action(async ({ from, receipts, replace, json, ...flags }: Flags) => {
      const config = readConfig(flags);
      const source = resolve(from);
      const manifest = readBackup(source);
      if (manifest.region !== config.region) {
        const rule = `is of region ${quote(manifest.region)}, not ${quote(config.region)}`;
        throw new Fault({ kind: 'conflict', value: source, rule, remedy: 'name the region with --cell: data never changes its region' });
      }
      if (receipts !== undefined && !existsSync(receipts)) {
        throw new Fault({ kind: 'missing', value: receipts, rule: 'no such folder', remedy: 'name the folder of the receipts, or leave --receipts out' });
      }
      await step(`Checking ${source}`, ({ update }) => verifyBackup(source, manifest, (files) => update(`${files} of ${manifest.files.length} files`)));
      const replaced = replace === true ? moveAside(config) : undefined;
      const later = receipts ?? (replaced && join(replaced, 'receipts'));
      await step(`Laying out ${config.dir}`, () => unpackBackup({ from: source, to: config.dir, manifest }));
      const erased = later === undefined ? 0 : await askAgain(config, resolve(later));
      const events = await step('Opening the cell, erasing what was erased since', async ({ update }) => {
        const node = await openNode(config, { onFold: (offset, end) => update(`folded ${offset.toLocaleString('en')} of ${end.toLocaleString('en')} events`) });
        try {
          await node.caughtUp();
          return node.log.end();
        } finally {
          await node.stop();
        }
      });
      const done = { cell: manifest.id, made: manifest.done, events, erasedAgain: erased, replaced: replaced ?? null };
      process.stdout.write(
        json
          ? `${JSON.stringify(done)}\n`
          : `${config.dir} is cell ${manifest.id} as of ${manifest.done}: ${events.toLocaleString('en')} events; ${erased} erasures applied again\n`,
      );
    });
}

function moveAside(config: Config): string | undefined {
  if (!existsSync(config.dir)) return undefined;
  const running = findAddress(config.dir);
  if (running !== undefined) {
    throw new Fault({ kind: 'conflict', value: config.dir, rule: `is in use by process ${running.pid}`, remedy: 'stop it, then restore' });
  }
  const aside = `${config.dir}.replaced-${new Date(systemClock()).toISOString().replaceAll(/[:.]/gu, '-')}`;
  renameSync(config.dir, aside);
  return aside;
}

async function askAgain(config: Config, from: string): Promise<number> {
  const cell = openCell({ ...config, clock: systemClock });
  try {
    return eraseAgain({ from, dir: cell.paths.receipts, key: cell.keys.verifying });
  } finally {
    await cell.close();
  }
}
