import { Command } from 'commander';
import { systemClock } from '../base/index.ts';
import { openCell } from '../cell/index.ts';
import { takeSnapshot } from '../features/index.ts';
import { readConfig } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { step } from './progress.ts';

export function snapshotCommand(): Command {
  return withCellFlags(new Command('snapshot'))
    .summary('copy the state of a cell, so that it need not be folded from the beginning')
    .description(
      'Copies the state to the folder snapshots, beside a running cell; a running cell does so by itself every few hours. Where the state is missing, or the ' +
        'machine stopped while it was written to, the cell opens from the newest snapshot and folds the rest of the log. An erasure drops it.',
    )
    .option('--json', 'print what was copied as JSON')
    .action(async ({ json, ...flags }: CellFlags & { json?: boolean }) => {
      const cell = openCell({ ...readConfig(flags), clock: systemClock, role: 'guest' });
      try {
        const { snapshots: folder, state } = cell.paths;
        const { offset, bytes, file } = await step(`Copying ${state}`, () => takeSnapshot({ state, folder, now: systemClock() }));
        const text = `${file}: up to event ${offset.toLocaleString('en')}, ${(bytes / 2 ** 20).toFixed(1)} MiB\n`;
        process.stdout.write(json ? `${JSON.stringify({ file, offset, bytes })}\n` : text);
      } finally {
        await cell.close();
      }
    });
}
