import { Command } from 'commander';
import { join } from 'node:path';
import { encodeBundle, signBundle, writeBundle } from '../bundle/index.ts';
import { LEAD_FEATURES, TARGETS, type FeatureSpec, type TargetName } from '../features/index.ts';
import { openSource, trainOnLog, trainOnSet, type LogTraining, type ReplaySource, type SamplePlan } from '../lifecycle/index.ts';
import type { Log } from '../log/index.ts';
import type { RuleSet } from '../rules/index.ts';
import { Fault, systemClock, type Clock } from '../base/index.ts';
import type { Cell } from '../cell/index.ts';
import { readConfig } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { withGuest } from './guest.ts';
import { readPlan, withPlanFlags, type PlanFlags } from './plan.ts';
import { featuresWith } from './own-features.ts';
import { step } from './progress.ts';
import { notPromoted, promoteAbove, type Compared } from './promote.ts';
import { replayToFolder } from './replay.ts';
import { decidingOf } from './rules-cell.ts';
import { inScratch } from './scratch.ts';

interface Flags extends CellFlags, PlanFlags {
  promote: boolean;
  evenBelowRules?: boolean;
  dryRun?: boolean;
  fresh?: boolean;
  out?: string;
  from?: string;
  mapping?: string;
  gradedBy?: string;
  json?: boolean;
}

export function trainCommand(): Command {
  return withPlanFlags(withCellFlags(new Command('train')))
    .summary('train a model on the history in the log, and promote it')
    .description('Replays the log into a training set, trains, stores the bundle, and makes it the champion where it puts more outcomes on top than the points rules. A running cell takes it over at once.')
    .option('--no-promote', 'store the bundle without making it the champion')
    .option('--even-below-rules', 'make it the champion although the rules put more outcomes on top')
    .option('--dry-run', 'write the training set to --out, and train nothing')
    .option('--out <dir>', 'with --dry-run: a folder that does not exist yet')
    .option('--fresh', 'with --dry-run: begin anew where an earlier one was interrupted, even if it could go on')
    .option('--from <dir>', 'train on a training set that --dry-run or `bin/leadrank replay` wrote')
    .option('--mapping <file>', 'a mapping file, for the features of its own beside those of the house')
    .option('--graded-by <features>', 'in whose segments grades may be given, e.g. record_type,region (default: record type, region, country, source, type of opportunity)')
    .option('--json', 'print the figures as JSON')
    .addHelpText('after', '\nWithout --target a model is trained for each target that has enough history; what the others lack is said.')
    .action(async ({ promote, evenBelowRules = false, dryRun, fresh, out, from, mapping, gradedBy, json, ...flags }: Flags) => {
      const every = flags.target === undefined || flags.target === 'all';
      const { target, ...plan } = readPlan(every ? { ...flags, target: 'lead' } : flags);
      if ((dryRun === true) !== (out !== undefined)) {
        throw new Fault({ kind: 'input', value: '--dry-run', rule: 'goes with --out', remedy: 'give both, or neither' });
      }
      if (out !== undefined) return replayToFolder(readConfig(flags), { plan: { ...plan, target: target! }, out, features: featuresWith(mapping, target), json: json === true, begin: fresh === true ? 'anew' : 'on' });
      if (every && plan.horizon !== undefined && from === undefined) {
        throw new Fault({ kind: 'input', value: '--horizon', rule: 'is of one target', remedy: 'say which with --target' });
      }
      const config = readConfig(flags);
      await withGuest(config, async ({ cell, log }) => {
        const rulesOf = decidingOf({ config, cell, log, mapping });
        const parts = { log, cell, clock: systemClock, plan, gradedBy: gradedBy?.split(',').map((name) => name.trim()) };
        const targets = every ? TARGETS : [target!];
        const done = from === undefined ? await trainTargets({ ...parts, targets, mapping, rulesOf }) : { trained: [await trainFrom({ ...parts, from, rulesOf })], lacking: [] };
        const [missing] = done.lacking;
        if (missing !== undefined && done.trained.length === 0) throw missing.lack;
        const promoted = promote ? await promoteAbove(log, done.trained, { floor: evenBelowRules ? 'none' : 'rules', time: systemClock() }) : [];
        process.stderr.write(`${lacks(done)}${promote ? notPromoted(done.trained, promoted) : ''}`);
        process.stdout.write(json ? `${JSON.stringify(presentTrained(done, promoted), null, 2)}\n` : done.trained.map(({ id, target: of }) => `${of} ${id}\n`).join(''));
      });
    });
}

/** What was not trained, and why, one line each. */
export function lacks({ trained, lacking }: TargetsTrained): string {
  const models = lacking.map(({ lack }) => `  no model: ${lack.value}; ${lack.rule}\n`);
  const values = trained.flatMap(({ target, valueLack }) => (valueLack === null ? [] : [`  no value model of ${target} records: ${valueLack}\n`]));
  return [...models, ...values].join('');
}

const presentTrained = ({ trained, lacking }: TargetsTrained, promoted: readonly Trained[]): object => ({
  trained: trained.map((one) => {
    const { id, ...rest } = one;
    return { bundle: id, promoted: promoted.includes(one), ...rest };
  }),
  lacking: lacking.map(({ target, lack }) => ({ target, lack: `${lack.value}; ${lack.rule}` })),
});

export interface Parts {
  log: Log;
  cell: Pick<Cell, 'dir' | 'paths' | 'keys'>;
  clock: Clock;
  /** What is not said is as of `planOf`, until now. */
  plan?: Partial<SamplePlan>;
  /** The features in whose segments grades may be given. */
  gradedBy?: readonly string[] | undefined;
}

export interface Training extends Parts {
  features?: readonly FeatureSpec[];
  /** The points rules in force: see `LogTrainingOptions`. */
  rules?: RuleSet | undefined;
  /** The log as it was opened for an earlier replay. */
  source?: ReplaySource;
}

export interface Trained extends Compared {
  id: string;
  metrics: Record<string, unknown>;
  /** Why nothing is learned of what the outcome is worth; null where something is. */
  valueLack: string | null;
}

/** Trains on the log and stores the signed bundle. Shows its progress. */
export async function trainInto({ log, cell, clock, plan, gradedBy, source, features = LEAD_FEATURES, rules }: Training): Promise<Trained> {
  return stored(cell, await step(`Training on the replayed log: ${plan?.target ?? 'lead'}`, ({ update }) =>
    inScratch(cell.dir, (room) =>
      trainOnLog({
        log,
        source,
        features,
        gradedBy,
        rules,
        plan: { until: clock(), ...plan },
        room,
        onReplay: (done, all) => update(`replayed ${Math.floor((100 * done) / Math.max(1, all))} %`),
        onProgress: trees(update),
      }),
    ),
  ));
}

interface SetTraining extends Pick<Parts, 'log' | 'cell' | 'plan' | 'gradedBy'>, Pick<TargetsTraining, 'rulesOf'> {
  /** A written training set. */
  from: string;
}

/** Trains on a written training set, as `trainInto` does on the log. */
async function trainFrom({ log, cell, plan, gradedBy, from, rulesOf }: SetTraining): Promise<Trained> {
  return stored(cell, await step(`Training on ${from}`, ({ update }) => trainOnSet({ dir: from, log, seed: plan?.seed, gradedBy, rulesOf, onProgress: trees(update) })));
}

const trees = (update: (detail: string) => void) => ({ stage, trees: grown }: { stage: string; trees: number }): void => update(`${stage}, ${grown} trees`);

function stored({ paths, keys }: Parts['cell'], { content, trained, valueLack }: LogTraining): Trained {
  const { id } = encodeBundle(content);
  writeBundle(join(paths.bundles, id), content);
  signBundle(join(paths.bundles, id), keys.signing);
  return { id, metrics: content.metrics, target: content.target.entity as TargetName, valueLack, againstRules: trained.metrics.againstRules };
}

export interface TargetsTraining extends Parts {
  targets: readonly TargetName[];
  mapping?: string | undefined;
  /** The points rules in force, by what they rank. */
  rulesOf?: (target: TargetName) => RuleSet;
}

export interface TargetsTrained {
  trained: Trained[];
  /** The targets that have too little history, and what they lack. */
  lacking: { target: TargetName; lack: Fault }[];
}

/** Trains a model for each of the targets that has enough history; the log is opened once. Throws a Fault for rules that cannot be read. */
export async function trainTargets({ targets, mapping, plan, rulesOf, ...parts }: TargetsTraining): Promise<TargetsTrained> {
  const asked = targets.map((target) => ({ target, features: featuresWith(mapping, target), rules: rulesOf?.(target) }));
  const source = await openSource(parts.log);
  const done: TargetsTrained = { trained: [], lacking: [] };
  for (const { target, ...how } of asked) {
    try {
      done.trained.push(await trainInto({ ...parts, ...how, plan: { ...plan, target }, source }));
    } catch (lack) {
      if (!(lack instanceof Fault) || lack.kind !== 'input') throw lack;
      done.lacking.push({ target, lack });
    }
  }
  return done;
}
