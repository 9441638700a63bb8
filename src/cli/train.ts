import { Command } from 'commander';
import { join } from 'node:path';
import { encodeBundle, signBundle, writeBundle } from '../bundle/index.ts';
import { CELL_SUBJECT, serviceEvent } from '../events/index.ts';
import { LEAD_FEATURES, type FeatureSpec } from '../features/index.ts';
import { trainOnLog, trainOnSet, type SamplePlan } from '../lifecycle/index.ts';
import { openLog, type Log } from '../log/index.ts';
import { Fault, systemClock, type Clock } from '../base/index.ts';
import { openCell, type Cell } from '../cell/index.ts';
import { readConfig } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { readPlan, withPlanFlags, type PlanFlags } from './plan.ts';
import { featuresWith } from './own-features.ts';
import { step } from './progress.ts';
import { replayToFolder } from './replay.ts';

interface Flags extends CellFlags, PlanFlags {
  promote: boolean;
  dryRun?: boolean;
  out?: string;
  from?: string;
  mapping?: string;
  json?: boolean;
}

export function trainCommand(): Command {
  return withPlanFlags(withCellFlags(new Command('train')))
    .summary('train a model on the history in the log, and promote it')
    .description('Replays the log into a training set, trains, stores the bundle, and makes it the champion. A running cell takes it over at once.')
    .option('--no-promote', 'store the bundle without making it the champion')
    .option('--dry-run', 'write the training set to --out, and train nothing')
    .option('--out <dir>', 'with --dry-run: a folder that does not exist yet')
    .option('--from <dir>', 'train on a training set that --dry-run or `bin/leadrank replay` wrote')
    .option('--mapping <file>', 'a mapping file, for the features of its own beside those of the house')
    .option('--json', 'print the figures as JSON')
    .action(async ({ promote, dryRun, out, from, mapping, json, ...flags }: Flags) => {
      const plan = readPlan(flags);
      if ((dryRun === true) !== (out !== undefined)) {
        throw new Fault({ kind: 'input', value: '--dry-run', rule: 'goes with --out', remedy: 'give both, or neither' });
      }
      const features = featuresWith(mapping, plan.target);
      if (out !== undefined) return replayToFolder(readConfig(flags), { plan, out, features, json: json === true });
      const config = readConfig(flags);
      const cell = openCell({ ...config, clock: systemClock, role: 'guest' });
      const log = openLog({ path: cell.paths.log, clock: systemClock });
      try {
        const { id, metrics, target } = await trainInto({ log, cell, clock: systemClock, plan, from, features });
        if (promote) await promoteBundle(log, id, null, systemClock(), target);
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
  /** What is not said is as of `planOf`, until now. */
  plan?: Partial<SamplePlan>;
  /** A written training set to train on; the log is replayed where none is given. */
  from?: string | undefined;
  features?: readonly FeatureSpec[];
}

/** Trains on the log and stores the signed bundle. Shows its progress. */
export async function trainInto({ log, cell: { paths, keys }, clock, plan, from, features = LEAD_FEATURES }: Training): Promise<{ id: string; metrics: Record<string, unknown>; target: string }> {
  const onProgress = (update: (detail: string) => void) => ({ stage, trees }: { stage: string; trees: number }) => update(`${stage}, ${trees} trees`);
  const { content } =
    from === undefined
      ? await step('Training on the replayed log', ({ update }) =>
          trainOnLog({
            log,
            features,
            plan: { until: clock(), ...plan },
            onReplay: (done, all) => update(`replayed ${Math.floor((100 * done) / Math.max(1, all))} %`),
            onProgress: onProgress(update),
          }),
        )
      : await step(`Training on ${from}`, ({ update }) => trainOnSet({ dir: from, seed: plan?.seed, onProgress: onProgress(update) }));
  const { id } = encodeBundle(content);
  writeBundle(join(paths.bundles, id), content);
  signBundle(join(paths.bundles, id), keys.signing);
  return { id, metrics: content.metrics, target: content.target.entity };
}

/** Makes a stored bundle the one that decides of the records of a target, on every node that follows the log. */
export async function promoteBundle(log: Log, bundle: string, previous: string | null, time: number, target = 'lead'): Promise<void> {
  const data = { bundle, ...(previous !== null && { previous }), ...(target !== 'lead' && { target }) };
  await log.append([serviceEvent({ type: 'control.model.promoted', subject: CELL_SUBJECT, time, data })]);
}
