import { Fault, systemClock } from '../base/index.ts';
import { readTrainingSet, sampleLog, type SamplePlan } from '../lifecycle/index.ts';
import type { History } from '../rules/index.ts';
import { interruptible } from './interrupt.ts';
import { step } from './progress.ts';
import type { RulesCell, RulesScope } from './rules-cell.ts';
import { inScratch } from './scratch.ts';

export interface HistoryWanted extends Pick<RulesScope, 'target'> {
  /** `history`: what the cell's log tells; else the folder of a training set. */
  against: string;
  plan: Partial<SamplePlan>;
}

/** Which verb asks: what an interruption is told of. */
type Verb = 'rules dry-run' | 'rules formula';

/** The samples that rules are tried on. Throws a Fault for a training set of another target, and where `verb` is interrupted. */
export async function historyOf(verb: Verb, { against, plan, target }: HistoryWanted, { cell, log, features }: RulesCell): Promise<History> {
  if (against !== 'history') {
    const { samples, manifest } = await readTrainingSet(against);
    const of = manifest.plan.target ?? 'lead';
    if (of === target) return samples;
    throw new Fault({ kind: 'input', value: against, rule: `holds samples of the target ${of}`, remedy: `give --target ${of}, or another folder` });
  }
  return step('Replaying the log', ({ update }) =>
    interruptible(verb, (signal) =>
      inScratch(cell.dir, (room) =>
        sampleLog({ log, features, plan: { until: systemClock(), target, ...plan }, room, signal, onProgress: (done, all) => update(`${Math.floor((100 * done) / Math.max(1, all))} %`) }),
      ),
    ),
  );
}
