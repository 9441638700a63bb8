import type { Assessment, Effect } from '../rank/index.ts';
import { inputOf, type Decision } from './decision.ts';
import { differencesOf, type Difference } from './difference.ts';
import { createRecaller, type ReplaySources } from './recall.ts';
import { replayFromLog, type LogReplay, type LogSource } from './replay-log.ts';
import { urgencyGrounds, type Ground } from './urgency.ts';

/** What computing a decision again gave. */
export interface Replay {
  readonly decision: string;
  /** True when every field came out to the same bits. */
  readonly same: boolean;
  readonly differences: readonly Difference[];
  readonly engine: string;
  readonly bundle: string | null;
}

export interface Replayer {
  /** Computes a decision again from what the journal holds of it. */
  replay(decision: Decision): Promise<Replay>;
  /** Its effects feature by feature, by the code that made it; null where that does not say, or a last score answered. */
  explain(decision: Decision): Promise<readonly Effect[] | null>;
  /** What its value came from, feature by feature, by the code that made it; none where that does not say, or no list counted it. */
  explainValue(decision: Decision): Promise<readonly Effect[]>;
  /** What its urgency rested on: facts of the record, and features that weights of the policy ask for; none outside a list. */
  explainUrgency(decision: Decision): Promise<readonly Ground[]>;
  /** Derives its inputs, and the digest of its list, again from the log. */
  fromLog(decision: Decision, source: LogSource): Promise<LogReplay>;
}

const FIELDS = [
  'level',
  'levelReason',
  'raw',
  'probability',
  'share',
  'value',
  'expectedValue',
  'score',
  'grade',
  'standing',
  'reasons',
  'sum',
  'action',
] as const satisfies readonly (keyof Assessment)[];

/**
 * Computes decisions again with the engine, the bundle and the rules that each names. Loaded models are kept, so a run
 * over many decisions pays for each once. Throws a Fault (`missing`, `corrupt`) for what is not stored any more.
 */
export function createReplayer(sources: ReplaySources): Replayer {
  const recall = createRecaller(sources);
  return {
    async replay(decision) {
      const { code, engine } = await recall(decision);
      const differences = differencesOf(decision, code.assess(inputOf(decision), decision.time, engine), FIELDS);
      const { id, engine: engineId, bundle } = decision;
      return { decision: id, same: differences.length === 0, differences, engine: engineId, bundle };
    },
    async explain(decision) {
      const { code, engine } = await recall(decision);
      const explain = (code as Partial<typeof code>).explained; // engines of before the fourth have none
      return explain?.(inputOf(decision), decision.time, engine)?.effects ?? null;
    },
    async explainValue(decision) {
      const { value, placement } = decision;
      if (!value || placement?.priority === undefined) return [];
      const { code, engine } = await recall(decision);
      const explain = (code as Partial<typeof code>).explainedValue; // engines of before the eighteenth have none
      return explain?.(inputOf(decision), placement.priority, engine) ?? [];
    },
    async explainUrgency(decision) {
      if (decision.placement?.priority === undefined) return [];
      const { policy, engine } = await recall(decision);
      return urgencyGrounds(decision, policy, engine.columns);
    },
    async fromLog(decision, source) {
      return replayFromLog(decision, recall, source);
    },
  };
}
