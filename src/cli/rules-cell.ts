import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openArchive, type Archive } from '../audit/index.ts';
import { Fault, systemClock } from '../base/index.ts';
import { openCell, type Cell } from '../cell/index.ts';
import { CELL_SUBJECT, serviceEvent } from '../events/index.ts';
import { readStateAt, unionOf, type FeatureSpec } from '../features/index.ts';
import { openLog, type Log } from '../log/index.ts';
import { parseRules, rulesDocument, type RuleSet } from '../rules/index.ts';
import type { Config } from './config.ts';
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
  /** What rules may name: lead features of the house, of a mapping, and of the models that the cell has. */
  readonly features: readonly FeatureSpec[];
  readonly deciding: Deciding;
}

export interface RulesScope {
  config: Config;
  mapping?: string | undefined;
}

export const hasCell = ({ dir }: Config): boolean => existsSync(join(dir, 'cell.json'));

/** What rules may name. */
export function ruleFeatures({ config, mapping }: RulesScope): readonly FeatureSpec[] {
  return unionOf([[...featuresWith(mapping)], ...bundleFeatures(join(config.dir, 'bundles'))]).filter(({ entity }) => entity === 'lead');
}

/** Lends what the rules verbs need of a cell. Throws a Fault where there is none. */
export async function withRulesCell<T>(scope: RulesScope, work: (cell: RulesCell) => Promise<T>): Promise<T> {
  const { config } = scope;
  if (!hasCell(config)) throw new Fault({ kind: 'missing', value: config.dir, rule: 'holds no cell', remedy: 'name one with --data, or start one with `npm start`' });
  const cell = openCell({ ...config, clock: systemClock, role: 'guest' });
  const log = openLog({ path: cell.paths.log, clock: systemClock });
  try {
    const features = ruleFeatures(scope);
    const archive = openArchive(cell.paths.engines);
    return await work({ cell, log, archive, features, deciding: decidingIn({ config, statePath: cell.paths.state, log, archive, features }) });
  } finally {
    await log.close();
    await cell.close();
  }
}

function decidingIn({ config, statePath, log, archive, features }: Pick<RulesCell, 'log' | 'archive' | 'features'> & { config: Config; statePath: string }): Deciding {
  const names = features.map(({ name }) => name);
  const hash = appliedIn(log, statePath);
  if (hash !== null) return { rules: parseRules(archive.document(hash), names), from: 'applied' };
  return { rules: parseRules(initialRules(config, features), names), from: config.rules === null ? 'leadrank' : 'config' };
}

/** The hash of the set that was applied last: from the state, and what the log holds after it. */
function appliedIn(log: Log, statePath: string): string | null {
  let { applied, from } = folded(log, statePath);
  for (const { type, data } of log.read(from)) if (type === 'control.rules.applied') applied = String(data['rules']);
  return applied;
}

function folded(log: Log, statePath: string): { applied: string | null; from: number } {
  try {
    const state = readStateAt(statePath);
    const at = { applied: state.rules(), from: state.offset() };
    const same = state.epoch() === log.epoch();
    state.close();
    return same ? at : { applied: null, from: 0 };
  } catch (error) {
    if (error instanceof Fault) return { applied: null, from: 0 };
    throw error;
  }
}

/**
 * Makes a set the one that decides: kept under its hash first, then told in the log. Its version is above that of the set
 * that decides, unless it has decided before. Throws a Fault (`conflict`).
 */
export async function applyRules({ log, archive, deciding }: Pick<RulesCell, 'log' | 'archive' | 'deciding'>, rules: RuleSet, time: number): Promise<void> {
  const { hash, version } = deciding.rules;
  if (rules.hash === hash && deciding.from === 'applied') throw conflict(`version ${version} ${hash}`, 'decides already', 'change the file first');
  if (rules.hash !== hash && rules.version <= version && !isKept(archive, rules.hash))
    throw conflict(`version ${rules.version}`, `is not above ${version}, the version that decides`, `write version: ${version + 1}`);
  archive.keep(rulesDocument(rules));
  const data = { rules: rules.hash, previous: hash };
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
