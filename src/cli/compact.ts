import { Command } from 'commander';
import { Fault, quote } from '../base/index.ts';
import { SEGMENT_EVENTS } from '../log/index.ts';
import { readConfig } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { withGuest } from './guest.ts';
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
      const kept = wholeNumber(keep);
      const done = await withGuest(readConfig(flags), async ({ log }) => {
        const segments = await step('Moving events to the history', ({ update }) =>
          interruptible(log.historyFolder, (signal) =>
            log.compact({ keep: kept, signal, onProgress: (moved, all) => update(`${moved.toLocaleString('en')} of ${all.toLocaleString('en')} events`) }),
          ),
        );
        return { segments, history: log.history.end(), tail: log.end() - log.history.end() };
      });
      process.stdout.write(
        json
          ? `${JSON.stringify(done)}\n`
          : `${done.history.toLocaleString('en')} events in the history, ${done.tail.toLocaleString('en')} in the tail; ${done.segments} new segments\n`,
      );
    });
}

function wholeNumber(text: string): number {
  if (/^\d{1,12}$/u.test(text)) return Number(text);
  throw new Fault({ kind: 'input', value: quote(text), rule: '--keep is a whole number of events', remedy: 'give one like 500000' });
}
