import { Command } from 'commander';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { canonicalJson, contentId, Fault, systemClock } from '../base/index.ts';
import type { FeatureSpec } from '../features/index.ts';
import { createTally, planOf, replayCode, replayEncodedLog, type EncodedSamples, writeTrainingSet, type SamplePlan, type TrainingSetManifest } from '../lifecycle/index.ts';
import { readConfig, type Config } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { withGuest } from './guest.ts';
import { interruptible } from './interrupt.ts';
import { featuresWith } from './own-features.ts';
import { readPlan, withPlanFlags, type PlanFlags } from './plan.ts';
import { step } from './progress.ts';
import { inScratch } from './scratch.ts';
import { usableText } from './usable-text.ts';

interface Flags extends CellFlags, PlanFlags {
  mapping?: string;
  out?: string;
  fresh?: boolean;
  json?: boolean;
}

export function replayCommand(): Command {
  return withPlanFlags(withCellFlags(new Command('replay')))
    .summary('replay the log into a training set')
    .description(
      'Folds the log again as it became known, beside a running cell or without one, and takes the features of leads, or of opportunities, between a few ages and at every ' +
        'decision that was shown. With --out it writes them as Parquet, with a manifest; `bin/leadrank train --from` trains on that.',
    )
    .option('--out <dir>', 'a folder that does not exist yet')
    .option('--mapping <file>', 'a mapping file, for the features of its own beside those of the house')
    .option('--fresh', 'with --out: begin anew where an earlier one was interrupted, even if it could go on')
    .option('--json', 'print what was replayed as JSON')
    .addHelpText('after', '\nAn interrupted replay with --out goes on at the next start with the same --out, --until and features.')
    .action(({ out, json, mapping, fresh, ...flags }: Flags) => {
      const plan = readPlan(flags);
      return replayToFolder(readConfig(flags), { plan, out, features: featuresWith(mapping, plan.target), json: json === true, begin: fresh === true ? 'anew' : 'on' });
    });
}

export interface ReplayRequest {
  plan: Partial<SamplePlan>;
  out: string | undefined;
  features: readonly FeatureSpec[];
  json: boolean;
  /** Whether an interrupted replay is gone on with. */
  begin?: 'on' | 'anew';
}

/** Replays the log of a cell, writes the training set where a folder is named, and prints what came of it. */
export async function replayToFolder(config: Config, { plan: wanted, out, features, json, begin = 'on' }: ReplayRequest): Promise<void> {
  const target = out === undefined ? undefined : resolve(out);
  if (target !== undefined && existsSync(target)) {
    throw new Fault({ kind: 'conflict', value: target, rule: 'exists already', remedy: 'name a folder that does not exist yet' });
  }
  const plan = planOf({ until: systemClock(), ...wanted });
  await withGuest(config, async ({ log }) => {
    const begun = performance.now();
    const state = { end: log.end(), epoch: log.epoch() };
    const key = contentId(canonicalJson({ code: replayCode(), features, plan, state }));
    const { rows, positives, unripe, usable, spec } = await step(target === undefined ? 'Replaying the log' : `Replaying the log into ${target}`, ({ update }) =>
      interruptible(target ?? 'replay', async (signal): Promise<Counted> => {
        const onProgress = (part: number, all: number): void => update(`${Math.floor((100 * part) / Math.max(1, all))} %`);
        const sampled = (where: { scratch: string } | { room: string }): AsyncIterable<EncodedSamples> => replayEncodedLog({ log, features, plan, ...where, signal, onProgress });
        if (target === undefined) return inScratch(config.dir, (room) => countSamples(sampled({ room }), createTally(features, { plan, log: state })));
        return writeTrainingSet({ out: target, samples: sampled({ scratch: scratchOf(target, key, begin) }), features, plan, log: state });
      }, target === undefined ? undefined : 'interrupted; what is finished waits beside it for the next start with the same --until'),
    );
    const seconds = (performance.now() - begun) / 1_000;
    const done = { events: state.end, seconds: Math.round(seconds * 10) / 10, rows, positives, unripe, features: features.length, usable, spec, out: target ?? null };
    process.stdout.write(json ? `${JSON.stringify(done)}\n` : text(done));
  });
}

/** Where a replay lies that goes into a folder, by what it is of and what wrote it; others of that folder are removed. */
function scratchOf(target: string, of: string, begin: 'on' | 'anew'): string {
  const prefix = `${basename(target)}.replay-`;
  const folder = join(dirname(target), `${prefix}${of}`);
  for (const name of existsSync(dirname(target)) ? readdirSync(dirname(target)) : []) {
    if (name.startsWith(prefix) && (begin === 'anew' || name !== basename(folder))) rmSync(join(dirname(target), name), { recursive: true, force: true });
  }
  return folder;
}

type Counted = Pick<TrainingSetManifest, 'rows' | 'positives' | 'unripe' | 'usable'> & { readonly spec: string | null };

/** What a training set would hold. */
async function countSamples(samples: AsyncIterable<EncodedSamples>, tally: ReturnType<typeof createTally>): Promise<Counted> {
  for await (const piece of samples) tally.add(piece);
  return { ...tally.finish(''), spec: null };
}

function text({ events, seconds, rows, positives, unripe, features, usable, out }: Record<'events' | 'seconds' | 'rows' | 'positives' | 'unripe' | 'features', number> & Pick<Counted, 'usable'> & { out: string | null }): string {
  const count = (n: number): string => n.toLocaleString('en');
  return (
    `${count(events)} events in ${seconds.toFixed(1)} s: ${count(rows)} samples of ${features} features, ${count(positives)} positive, ` +
    `${count(unripe)} not ripe yet\n${usableText(usable)}${out === null ? '' : `${out}: samples.parquet, manifest.json\n`}`
  );
}
