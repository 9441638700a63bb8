import { Command } from 'commander';
import { Fault, quote, systemClock } from '../base/index.ts';
import { openCell } from '../cell/index.ts';
import { openLog, SEGMENT_EVENTS } from '../log/index.ts';
import { readConfig } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { interruptible } from './interrupt.ts';
import { step } from './progress.ts';

interface Flags extends CellFlags {
  keep: string;
  json?: boolean;
}

export function compactCommand(): Command {
  return withCellFlags(new Command('compact'))
    .summary('move the older part of the log to Parquet files')
    .description(
      'Moves the oldest events of the log, half a million at a time, to Parquet files below log/history. Whoever reads the log sees no seam. ' +
        'Runs beside a running cell; after an interruption, run it again.',
    )
    .option('--keep <n>', 'so many of the newest events stay', String(SEGMENT_EVENTS))
    .option('--json', 'print what was done as JSON')
    .action(async ({ keep, json, ...flags }: Flags) => {
      const cell = openCell({ ...readConfig(flags), clock: systemClock, role: 'guest' });
      const log = openLog({ path: cell.paths.log, clock: systemClock });
      try {
        const kept = wholeNumber(keep);
        const segments = await step('Moving events to the history', ({ update }) =>
          interruptible(log.historyFolder, (signal) =>
            log.compact({ keep: kept, signal, onProgress: (moved, all) => update(`${moved.toLocaleString('en')} of ${all.toLocaleString('en')} events`) }),
          ),
        );
        const done = { segments, history: log.history.end(), tail: log.end() - log.history.end() };
        process.stdout.write(
          json
            ? `${JSON.stringify(done)}\n`
            : `${done.history.toLocaleString('en')} events in the history, ${done.tail.toLocaleString('en')} in the tail; ${segments} new segments\n`,
        );
      } finally {
        await log.close();
        await cell.close();
      }
    });
}

function wholeNumber(text: string): number {
  if (/^\d{1,12}$/u.test(text)) return Number(text);
  throw new Fault({ kind: 'input', value: quote(text), rule: '--keep is a whole number of events', remedy: 'give one like 500000' });
}
