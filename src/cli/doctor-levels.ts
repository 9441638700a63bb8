import { join } from 'node:path';
import { openArchive } from '../audit/index.ts';
import { Fault, systemClock } from '../base/index.ts';
import { readBundle } from '../bundle/index.ts';
import type { CellPaths } from '../cell/index.ts';
import { readStateAt, TARGETS, type FeatureSpec, type State, type TargetName } from '../features/index.ts';
import { openLog } from '../log/index.ts';
import { cellFeatures } from './cell-features.ts';
import type { Config } from './config.ts';
import { needsOf, takenText } from './model-needs.ts';
import { championsOf, type Promoted } from './promoted.ts';
import { decidingIn, ruleFeatures, type Deciding } from './rules-cell.ts';

/** At which level of service the records of a target would be answered for now, and by which rules where no model can. */
export interface TargetLevel {
  readonly target: TargetName;
  readonly level: 'L0' | 'L1' | 'L2' | 'L3';
  /** Why it is not L0; null where it is. */
  readonly reason: string | null;
  readonly deciding: Deciding;
  /** Whether the model waits for features that the state does not keep yet. */
  readonly isWaiting: boolean;
}

/** Reads it off a cell as of `now` (ms), beside its process or without one. Throws a Fault for rules that cannot be read. */
export function levelsOf(config: Config, { state: statePath, log: logPath, engines, bundles }: CellPaths, now: number): TargetLevel[] {
  const log = openLog({ path: logPath, clock: systemClock });
  const state = readStateAt(statePath);
  try {
    const archive = openArchive(engines);
    const late = state.sources(now).flatMap(({ source, stale }) => (stale ? [source] : []));
    const wanted = (): FeatureSpec[] => cellFeatures(bundles, () => championsOf(state));
    return TARGETS.map((target) => {
      const deciding = decidingIn({ config, target, statePath, log, archive, features: ruleFeatures({ config, target }) });
      const { level, reason, isWaiting } = levelOf(target, state, { bundles, kept: state.features, wanted, late });
      return { target, deciding, level, reason, isWaiting };
    });
  } finally {
    state.close();
    void log.close();
  }
}

type Level = Pick<TargetLevel, 'level' | 'reason' | 'isWaiting'>;

/** What the levels are read off. */
interface Read {
  /** The folder of the bundles. */
  readonly bundles: string;
  /** What the state keeps. */
  readonly kept: readonly FeatureSpec[];
  /** What it is to keep, by what is promoted now. */
  readonly wanted: () => readonly FeatureSpec[];
  /** The sources that are late. */
  readonly late: readonly string[];
}

function levelOf(target: TargetName, promoted: Promoted & Pick<State, 'earlier'>, read: Read): Level {
  const champion = promoted.champion(target);
  if (champion === null) return { level: 'L3', reason: 'no model is promoted', isWaiting: false };
  const found = lookedAt(champion, read);
  if ('flaw' in found) return { level: 'L2', reason: `L3 where there is no last score: ${found.flaw}`, isWaiting: false };
  if (found.lacking.length === 0) return { ...freshness(read), isWaiting: false };
  const waits = `the model waits for ${found.lacking.join(', ')}, folded from the log by the running cell`;
  const before = promoted.earlier(target).find((id) => isReady(lookedAt(id, read)));
  if (before === undefined) return { level: 'L2', reason: `${waits}; none before it can decide`, isWaiting: true };
  const { level, reason } = freshness(read);
  return { level, reason: [reason, `by the model before, ${before}: ${waits}`].filter((part) => part !== null).join('; '), isWaiting: true };
}

const freshness = ({ late }: Read): Pick<Level, 'level' | 'reason'> =>
  late.length === 0 ? { level: 'L0', reason: null } : { level: 'L1', reason: `late: ${late.join(', ')}` };

/** Why a bundle cannot decide, or what it needs that the state does not keep yet. */
type LookedAt = { readonly flaw: string } | { readonly lacking: readonly string[] };

const isReady = (found: LookedAt): boolean => 'lacking' in found && found.lacking.length === 0;

function lookedAt(id: string, { bundles, kept, wanted }: Read): LookedAt {
  let features: readonly FeatureSpec[];
  try {
    const { spec } = readBundle(join(bundles, id));
    features = spec.kind === 'log' ? spec.features : [];
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { flaw: `${error.value}: ${error.rule}` };
  }
  const { lacking, taken } = needsOf(features, kept, wanted);
  return taken.length > 0 ? { flaw: takenText(taken) } : { lacking };
}

const WHENCE = { applied: 'applied', config: 'of the config folder', leadrank: 'that come with leadrank' } as const;

/** `leads at L0; else by rules version 3, applied, 1f2e3d4c`. */
export function levelLine({ target, level, reason, deciding: { rules, from } }: TargetLevel): string {
  const kind = { lead: 'leads', opportunity: 'opportunities' }[target];
  const by = `rules version ${rules.version}, ${WHENCE[from]}, ${rules.hash.slice(0, 8)}`;
  return `${kind} at ${level}${reason === null ? '' : `, ${reason}`}; ${level === 'L3' ? 'by' : 'else by'} ${by}`;
}
