import { Command } from 'commander';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { eraseAgain, tellBeginnings } from '../audit/index.ts';
import { Fault, fileFault, quote, syncFolder, systemClock } from '../base/index.ts';
import { openKeys, readBackup, unpackBackup, verifyBackup, type UnpackOptions } from '../cell/index.ts';
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
      checkPlace(config, replace === true);
      await step(`Checking ${source}`, ({ update }) => verifyBackup(source, manifest, (files) => update(`${files} of ${manifest.files.length} files`)));
      const later = [...(receipts === undefined ? [] : [resolve(receipts)]), ...(replace === true ? receiptsBeside(config.dir, manifest.id) : [])];
      const { verifying: key } = openKeys(join(source, 'keys'), { create: false });
      let erased = 0;
      const prepare = (folder: string): void => {
        for (const one of later) erased += eraseAgain({ from: one, dir: join(folder, 'receipts'), key });
      };
      const replaced = await step(`Laying out ${config.dir}`, () => layOut({ from: source, to: config.dir, manifest, prepare }));
      const events = await step('Opening the cell, erasing what was erased since', async ({ update }) => {
        const node = await openNode(config, { onFold: (offset, end) => update(`folded ${offset.toLocaleString('en')} of ${end.toLocaleString('en')} events`) });
        try {
          await tellBeginnings({ dir: node.cell.paths.journal, log: node.log, clock: systemClock });
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

/** Says early what would be in the way. */
function checkPlace({ dir }: Config, replace: boolean): void {
  if (!existsSync(dir)) return;
  if (!replace) throw new Fault({ kind: 'conflict', value: dir, rule: 'exists already', remedy: 'move it aside with --replace, or name another folder with --data' });
  const running = findAddress(dir);
  if (running !== undefined) throw new Fault({ kind: 'conflict', value: dir, rule: `is in use by process ${running.pid}`, remedy: 'stop it, then restore' });
}

const ASIDE = '.replaced-';

/** The receipts of the folder that is replaced, and of those that were replaced before it: a restore may have been cut short. */
function receiptsBeside(dir: string, cell: string): string[] {
  const before = existsSync(dirname(dir)) ? readdirSync(dirname(dir)).filter((name) => name.startsWith(`${basename(dir)}${ASIDE}`)) : [];
  const own = before.map((name) => join(dirname(dir), name)).filter((folder) => cellIn(folder) === cell);
  return [dir, ...own].map((folder) => join(folder, 'receipts'));
}

function cellIn(folder: string): unknown {
  try {
    return (JSON.parse(readFileSync(join(folder, 'cell.json'), 'utf8')) as { id?: unknown }).id;
  } catch {
    return undefined;
  }
}

/** Lays a backup out; what stood in its place is moved aside once all of it is there. Returns where to. */
function layOut({ from, to, manifest, prepare }: UnpackOptions): string | undefined {
  const beside = `${to}.restored`;
  rmSync(beside, { recursive: true, force: true });
  unpackBackup({ from, to: beside, manifest, ...(prepare && { prepare }) });
  let aside: string | undefined;
  try {
    if (existsSync(to)) {
      const name = `${to}${ASIDE}${new Date(systemClock()).toISOString().replaceAll(/[:.]/gu, '-')}`;
      renameSync(to, name);
      aside = name;
    }
    renameSync(beside, to);
    syncFolder(dirname(to));
  } catch (cause) {
    throw fileFault(to, cause);
  }
  return aside;
}
