import { isDeepStrictEqual } from 'node:util';
import type { Assessment } from '../rank/index.ts';
import { inputOf, type Decision } from './decision.ts';
import { createRecaller, type ReplaySources } from './recall.ts';

/** What computing a decision again gave. */
export interface Replay {
  readonly decision: string;
  /** True when every field came out to the same bits. */
  readonly same: boolean;
  readonly differences: readonly Difference[];
  readonly engine: string;
  readonly bundle: string | null;
}

export interface Difference {
  readonly field: string;
  readonly recorded: unknown;
  readonly computed: unknown;
}

export type Replayer = (decision: Decision) => Promise<Replay>;

const FIELDS = [
  'level',
  'levelReason',
  'raw',
  'probability',
  'score',
  'grade',
  'reasons',
  'action',
] as const satisfies readonly (keyof Assessment)[];

/**
 * Computes decisions again with the engine, the bundle and the rules that each names. Loaded models are kept, so a run
 * over many decisions pays for each once. Throws a Fault (`missing`, `corrupt`) for what is not stored any more.
 */
export function createReplayer(sources: ReplaySources): Replayer {
  const recall = createRecaller(sources);
  return async (decision) => {
    const { code, engine } = await recall(decision);
    const differences = differencesOf(decision, code.assess(inputOf(decision), decision.time, engine), FIELDS);
    const { id, engine: engineId, bundle } = decision;
    return { decision: id, same: differences.length === 0, differences, engine: engineId, bundle };
  };
}

/** The fields in which two records differ, by `Object.is` at every depth. */
export function differencesOf<K extends string>(
  recorded: Record<K, unknown>,
  computed: Record<K, unknown>,
  keys: readonly K[],
): Difference[] {
  return keys
    .filter((field) => !isDeepStrictEqual(recorded[field], computed[field]))
    .map((field) => ({ field, recorded: recorded[field], computed: computed[field] }));
}
