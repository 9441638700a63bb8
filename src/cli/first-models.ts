import { systemClock } from '../base/index.ts';
import { TARGETS, type State } from '../features/index.ts';
import type { Config } from './config.ts';
import { isKeptBack } from './models.ts';
import type { Node } from './node.ts';
import { notPromoted, promoteAbove } from './promote.ts';
import { decidingOf } from './rules-cell.ts';
import { lacks, trainTargets, type Parts } from './train.ts';

interface Untrained extends Pick<Parts, 'cell' | 'log'>, Pick<Node, 'caughtUp'> {
  readonly state: Pick<State, 'champion'>;
}

/**
 * Trains the first models of a cell, and promotes those that are above the points rules. Only where none of leads was promoted yet, nor
 * kept back: what a start found once, the next would find again.
 */
export async function trainFirst({ cell, log, state, caughtUp }: Untrained, config: Config): Promise<void> {
  if (state.champion('lead') !== null || isKeptBack(cell.paths.bundles, 'lead')) return;
  const done = await trainTargets({ log, cell, clock: systemClock, targets: TARGETS, rulesOf: decidingOf({ config, cell, log }) });
  const promoted = await promoteAbove(log, done.trained, { time: systemClock() });
  process.stderr.write(`${lacks(done)}${notPromoted(done.trained, promoted)}`);
  await caughtUp();
}
