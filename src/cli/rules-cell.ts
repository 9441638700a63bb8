import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openArchive, type Archive } from '../audit/index.ts';
import { Fault } from '../base/index.ts';
import type { Cell } from '../cell/index.ts';
import { CELL_SUBJECT, serviceEvent, type LoggedEvent } from '../events/index.ts';
import { TARGETS, unionOf, type FeatureSpec, type TargetName } from '../features/index.ts';
import type { Log } from '../log/index.ts';
import { parseRules, rulesDocument, type RuleSet } from '../rules/index.ts';
import type { Config } from './config.ts';
import { saidLast } from './deciding-now.ts';
import { withGuest } from './guest.ts';
import { bundleFeatures } from './models.ts';
import { featuresWith } from './own-features.ts';
import { initialRules } from './rules-source.ts';

/** The rule set that decides, and where it comes from. */
export interface Deciding {
  readonly rules: RuleSet;
  readonly from: 'applied' | 'config' | 'leadrank';
}

/** What the rules verbs read of a cell, beside its process or without one. */
export interface RulesCell {
  readonly cell: Cell;
  readonly log: Log;
  readonly archive: Archive;
  readonly target: TargetName;
  /** What rules may name: features of the house, of a mapping, and of the models that the cell has. */
  readonly features: readonly FeatureSpec[];
  readonly deciding: Deciding;
}

export interface RulesScope {
  config: Config;
  /** What the rules rank. */
  target: TargetName;
  mapping?: string | undefined;
}

export const hasCell = ({ dir }: Config): boolean => existsSync(join(dir, 'cell.json'));

/** What rules may name. */
export function ruleFeatures({ config, target, mapping }: RulesScope): readonly FeatureSpec[] {
  return unionOf([[...featuresWith(mapping, target)], ...bundleFeatures(join(config.dir, 'bundles')).values()]).filter(({ entity }) => entity === target);
}

/** What a policy may name: the features of all that is ranked, each once. */
export const policyColumns = (config: Config): string[] => [...new Set(TARGETS.flatMap((target) => ruleFeatures({ config, target }).map(({ name }) => name)))];

/** Lends what the rules verbs need of a cell. Throws a Fault where there is none. */
export function withRulesCell<T>(scope: RulesScope, work: (cell: RulesCell) => Promise<T>): Promise<T> {
  const { config, target } = scope;
  return withGuest(config, ({ cell, log }) => {
    const features = ruleFeatures(scope);
    const archive = openArchive(cell.paths.engines);
    return work({ cell, log, archive, target, features, deciding: decidingIn({ config, target, statePath: cell.paths.state, log, archive, features }) });
  });
}

/** The rule set that decides of a target, and where it comes from. Throws a Fault for one that cannot be read. */
export function decidingIn({ config, target, statePath, log, archive, features }: Pick<RulesCell, 'log' | 'archive' | 'target' | 'features'> & { config: Config; statePath: string }): Deciding {
  const names = features.map(({ name }) => name);
  const hash = appliedIn(target, log, statePath);
  if (hash !== null) return { rules: parseRules(archive.document(hash), names), from: 'applied' };
  return { rules: parseRules(initialRules(config, target, features), names), from: config.rules[target] === null ? 'leadrank' : 'config' };
}

/** The rule set that decides of each target in a cell. */
export function decidingOf({ config, cell: { paths }, log, mapping }: { config: Config; cell: Pick<Cell, 'paths'>; log: Log; mapping?: string | undefined }): (target: TargetName) => RuleSet {
  const archive = openArchive(paths.engines);
  return (target) => decidingIn({ config, target, statePath: paths.state, log, archive, features: ruleFeatures({ config, target, mapping }) }).rules;
}

/** The hash of the set that was applied last; null where none ever was. */
function appliedIn(target: TargetName, log: Log, statePath: string): string | null {
  const isOfTarget = ({ type, data }: LoggedEvent): boolean => type === 'control.rules.applied' && (data['target'] ?? 'lead') === target;
  return saidLast({ log, statePath, known: (state) => state.rules(target), saidBy: (event) => (isOfTarget(event) ? String(event.data['rules']) : undefined) });
}

/**
 * Makes a set the one that decides: kept under its hash first, then told in the log. Its version is above that of the set
 * that decides, unless it has decided before. Throws a Fault (`conflict`).
 */
export async function applyRules({ log, archive, target, deciding }: Pick<RulesCell, 'log' | 'archive' | 'target' | 'deciding'>, rules: RuleSet, time: number): Promise<void> {
  const { hash, version } = deciding.rules;
  if (rules.hash === hash && deciding.from === 'applied') throw conflict(`version ${version} ${hash}`, 'decides already', 'change the file first');
  if (rules.hash !== hash && rules.version <= version && !isKept(archive, rules.hash))
    throw conflict(`version ${rules.version}`, `is not above ${version}, the version that decides`, `write version: ${version + 1}`);
  archive.keep(rulesDocument(rules));
  const data = { rules: rules.hash, previous: hash, target };
  await log.append([serviceEvent({ type: 'control.rules.applied', subject: CELL_SUBJECT, time, data })]);
}

/** Whether the archive has it. Throws a Fault for what is no content address, and for what is corrupt. */
export function isKept(archive: Archive, hash: string): boolean {
  try {
    archive.document(hash);
    return true;
  } catch (error) {
    if (error instanceof Fault && error.kind === 'missing') return false;
    throw error;
  }
}

const conflict = (value: string, rule: string, remedy: string): Fault => new Fault({ kind: 'conflict', value, rule, remedy });
