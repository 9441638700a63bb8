import { Command } from 'commander';
import { existsSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Fault } from '../base/index.ts';
import { removeState } from '../cell/index.ts';
import { findAddress } from './address.ts';
import { readConfig } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { requireCell } from './client.ts';

export function resetCommand(): Command {
  return withCellFlags(new Command('reset'))
    .summary('delete the data folder and begin anew')
    .description('Deletes a cell: log, decisions, models, keys. What is gone cannot be brought back.')
    .option('--yes', 'do not ask')
    .action(async ({ yes, ...flags }: CellFlags & { yes?: boolean }) => {
      const config = readConfig(flags);
      if (!existsSync(config.dir)) {
        process.stderr.write(`${config.dir}: nothing there to delete\n`);
        return;
      }
      requireCell(config); // never deletes a folder that is something else
      const running = findAddress(config.dir);
      if (running !== undefined) {
        const rule = `is in use by process ${running.pid}`;
        throw new Fault({ kind: 'conflict', value: config.dir, rule, remedy: 'stop it with Ctrl-C in its terminal, then run this again' });
      }
      if (yes !== true && !(await confirmed(config.dir))) return;
      removeState(config.dir);
      rmSync(config.dir, { recursive: true });
      process.stderr.write(`${config.dir} is deleted; \`npm start\` begins anew\n`);
    });
}

async function confirmed(dir: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new Fault({ kind: 'input', value: dir, rule: 'deleting needs a yes', remedy: 'add --yes where nobody can be asked' });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`Delete ${dir} with everything in it? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
