import { Command } from 'commander';
import { openArchive, sampleJournals, type Archive, type Decision } from '../audit/index.ts';
import { Fault } from '../base/index.ts';
import { measureSkew, sampled, type LiveVector, type Skew } from '../monitor/index.ts';
import { cellFeatures } from './cell-features.ts';
import { requireCell } from './client.ts';
import { readConfig, type Config } from './config.ts';
import { withCellFlags, type CellFlags } from './flags.ts';
import { withGuest } from './guest.ts';
import { interruptible } from './interrupt.ts';
import { meaningsOf, type Meanings } from './meanings.ts';
import { adoptionCommand, disputesCommand } from './monitor-use.ts';
import { readNumber, readTime } from './plan.ts';
import { step } from './progress.ts';
import { championsOf, promotedIn } from './promoted.ts';
import { inScratchOrMemory } from './scratch.ts';
import { skewText, type Looked } from './skew-text.ts';

interface SkewFlags extends CellFlags {
  share: string;
  since?: string;
  json?: boolean;
}

export function monitorCommand(): Command {
  const monitor = new Command('monitor')
    .summary('watch skew, adoption, and what users dispute')
    .description('What an operator watches. Reads the cell’s files, whether its process runs or not.');
  withCellFlags(monitor.command('skew'))
    .description(
      'Replays the log once, computes the vectors of a sample of decisions again, and compares them feature by feature, to the last bit. ' +
        'Ends with 1 where one differs.',
    )
    .option('--share <share>', 'of the subjects, by a hash of their ids: 1 is all of them', '0.01')
    .option('--since <time>', 'only decisions from then on, e.g. 2026-03-01 (default: all)')
    .option('--json', 'print JSON')
    .action(async ({ share, since, json, ...flags }: SkewFlags) => {
      const from = since === undefined ? -Infinity : readTime('--since', since);
      const { looked, skew } = await skewOf(readConfig(flags), { share: readNumber('--share', share, 0.000001, 1), since: from });
      process.stdout.write(json ? `${JSON.stringify({ ...looked, ...skew }, null, 2)}\n` : skewText(skew, looked));
      process.exitCode = skew.ok ? 0 : 1;
    });
  monitor.addCommand(adoptionCommand());
  monitor.addCommand(disputesCommand());
  return monitor;
}

/** Measures the skew of a cell's decisions, read only. Rejects with a Fault where the sample holds more than `most` of them. */
export async function skewOf(config: Config, { share, since, most = MOST }: { share: number; since: number; most?: number }): Promise<{ looked: Looked; skew: Skew }> {
  requireCell(config);
  return withGuest(config, async ({ cell, log }) => {
    const { bundles, state: statePath } = cell.paths;
    const features = cellFeatures(bundles, () => championsOf(promotedIn({ log, statePath }))); // what a node folds
    const meanings = meaningsOf(bundles, features);
    const archive = openArchive(cell.paths.engines);
    // The journal comes first: what a decision had folded is in the log by then.
    let vectors = 0;
    const keep = (decision: Decision): LiveVector | undefined => {
      if (decision.time < since) return undefined;
      if (++vectors > most) throw tooMany(share, most);
      return liveOf(decision, archive, meanings);
    };
    const { records, erased, kept } = sampleJournals(cell.paths.journal, { wants: sampled(share), keep });
    const skew = await step('Replaying the log', ({ update }) =>
      inScratchOrMemory(config.dir, log.end(), (scratch) =>
        interruptible('skew', (signal) => measureSkew(kept, { log, features, scratch, signal, onProgress: (done, all) => update(progressOf(done, all)) })),
      ),
    );
    return { looked: { share, decisions: records, blank: erased }, skew };
  });
}

/** Vectors that are held at once: some 500 MB. */
const MOST = 200_000;

function tooMany(share: number, most: number): Fault {
  const rule = `more than ${most.toLocaleString('en')} decisions are in the sample, and they are held in memory`;
  return new Fault({ kind: 'too-large', value: `--share ${share}`, rule, remedy: 'lower --share, or begin later with --since' });
}

const progressOf = (done: number, all: number): string => `${Math.floor((100 * done) / Math.max(1, all))} %, ${done.toLocaleString('en')} of ${all.toLocaleString('en')} events`;

/** A feature that stored models mean differently is compared in the decisions of a model that means what is folded now, and told apart in all others. */
function liveOf({ id, subject, time, offset, columns, vector, bundle }: Decision, archive: Archive, { contested, of }: Meanings): LiveVector {
  const names = archive.document(columns) as string[];
  const agreed = bundle === null ? undefined : of.get(bundle);
  const told = (name: string): string => (contested.has(name) && agreed?.has(name) !== true ? `${name} as it was kept before` : name);
  return { decision: id, subject, time, offset, names: contested.size === 0 ? names : names.map(told), values: vector };
}
