import { Command } from 'commander';
import { join } from 'node:path';
import { encodeBundle, signBundle, writeBundle } from '../bundle/index.ts';
import { CELL_SUBJECT, serviceEvent } from '../events/index.ts';
import { LEAD_FEATURES } from '../features/index.ts';
import { trainOnLog } from '../lifecycle/index.ts';
import { openLog, type Log } from '../log/index.ts';
import { systemClock, type Clock } from '../base/index.ts';
import { openCell, type Cell } from '../cell/index.ts';
import { readConfig } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { step } from './progress.ts';

interface Flags extends CellFlags {
  seed: string;
  promote: boolean;
  json?: boolean;
}

export function trainCommand(): Command {
  return withCellFlags(new Command('train'))
    .summary('train a model on the history in the log, and promote it')
    .description('Replays the log into a training set, trains, stores the bundle, and makes it the champion. A running cell takes it over at once.')
    .option('--seed <n>', 'seed of everything random', '1')
    .option('--no-promote', 'store the bundle without making it the champion')
    .option('--json', 'print the figures as JSON')
    .action(async ({ seed, promote, json, ...flags }: Flags) => {
      const config = readConfig(flags);
      const cell = openCell({ ...config, clock: systemClock, role: 'guest' });
      const log = openLog({ path: cell.paths.log, clock: systemClock });
      try {
        const { id, metrics } = await trainInto({ log, cell, clock: systemClock, seed: Number(seed) });
        if (promote) await promoteBundle(log, id, null, systemClock());
        process.stdout.write(json ? `${JSON.stringify({ bundle: id, promoted: promote, metrics }, null, 2)}\n` : `${id}\n`);
      } finally {
        await log.close();
        await cell.close();
      }
    });
}

export interface Training {
  log: Log;
  cell: Pick<Cell, 'paths' | 'keys'>;
  clock: Clock;
  seed?: number;
}

/** Trains on the log and stores the signed bundle. Shows its progress. */
export async function trainInto({ log, cell: { paths, keys }, clock, seed = 1 }: Training): Promise<{ id: string; metrics: Record<string, unknown> }> {
  const count = (n: number): string => n.toLocaleString('en');
  const { content } = await step('Training on the replayed log', ({ update }) =>
    trainOnLog({
      log,
      features: LEAD_FEATURES,
      until: clock(),
      seed,
      onReplay: (read, end) => update(`replayed ${count(read)} of ${count(end)} events`),
      onProgress: ({ stage, trees }) => update(`${stage}, ${trees} trees`),
    }),
  );
  const { id } = encodeBundle(content);
  writeBundle(join(paths.bundles, id), content);
  signBundle(join(paths.bundles, id), keys.signing);
  return { id, metrics: content.metrics };
}

/** Makes a stored bundle the one that decides, on every node that follows the log. */
export async function promoteBundle(log: Log, bundle: string, previous: string | null, time: number): Promise<void> {
  const data = { bundle, ...(previous === null ? {} : { previous }) };
  await log.append([serviceEvent({ type: 'control.model.promoted', subject: CELL_SUBJECT, time, data })]);
}
