import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openArchive, type Archive } from '../audit/index.ts';
import { Fault, systemClock } from '../base/index.ts';
import { openCell, type Cell } from '../cell/index.ts';
import { CELL_SUBJECT, serviceEvent } from '../events/index.ts';
import { readStateAt } from '../features/index.ts';
import { openLog, type Log } from '../log/index.ts';
import { DEFAULT_ACTIONS, parseActionPolicy, type ActionPolicy } from '../rank/index.ts';
import type { Config } from './config.ts';

/** What the policy verbs work on: a cell's files, beside its process or without one. */
export interface PolicyCell {
  readonly cell: Cell;
  readonly log: Log;
  readonly archive: Archive;
  /** The action policy that recommends now. */
  readonly present: ActionPolicy;
}

/** Lends it. Throws a Fault where there is no cell. */
export async function withPolicyCell<T>(config: Config, work: (cell: PolicyCell) => Promise<T>): Promise<T> {
  if (!existsSync(join(config.dir, 'cell.json')))
    throw new Fault({ kind: 'missing', value: config.dir, rule: 'holds no cell', remedy: 'name one with --data, or start one with `npm start`' });
  const cell = openCell({ ...config, clock: systemClock, role: 'guest' });
  const log = openLog({ path: cell.paths.log, clock: systemClock });
  try {
    const archive = openArchive(cell.paths.engines);
    const hash = promotedIn(log, cell.paths.state);
    return await work({ cell, log, archive, present: hash === null ? parseActionPolicy(DEFAULT_ACTIONS) : storedPolicy(archive, hash) });
  } finally {
    await log.close();
    await cell.close();
  }
}

/** A stored policy by its hash. Throws a Fault: `missing`, `corrupt`. */
export const storedPolicy = (archive: Archive, hash: string): ActionPolicy => parseActionPolicy(archive.document(hash));

/**
 * Makes a policy the one that recommends: kept under its hash first, then told in the log. Throws a Fault for one with learned
 * effects whose evaluation does not clear, and for one that recommends already.
 */
export async function promotePolicy({ log, archive, present }: Pick<PolicyCell, 'log' | 'archive' | 'present'>, policy: ActionPolicy, time: number): Promise<void> {
  const { hash, document, silent } = policy;
  if (hash === present.hash) throw new Fault({ kind: 'conflict', value: `policy ${hash}`, rule: 'recommends already', remedy: 'see `bin/leadrank policy show`' });
  if (document.learned !== null && silent !== null)
    throw new Fault({ kind: 'conflict', value: `policy ${hash}`, rule: `may not act: ${silent}`, remedy: 'let the present one go on, and learn again from a longer log' });
  archive.keep(document);
  const { gain, low, high, effective } = document.learned?.evaluation ?? {};
  const found = gain === undefined ? {} : { gain, low: low!, high: high!, effective: Math.round(effective!) };
  await log.append([serviceEvent({ type: 'control.actions.promoted', subject: CELL_SUBJECT, time, data: { policy: hash, previous: present.hash, ...found } })]);
}

/** The hash of the policy that was promoted last: from the state, and what the log holds after it; null where none ever was. */
function promotedIn(log: Log, statePath: string): string | null {
  let { hash, from } = folded(log, statePath);
  for (const { type, data } of log.read(from)) if (type === 'control.actions.promoted') hash = String(data['policy']);
  return hash;
}

function folded(log: Log, statePath: string): { hash: string | null; from: number } {
  try {
    const state = readStateAt(statePath);
    const at = { hash: state.actions(), from: state.offset() };
    const isOfLog = state.epoch() === log.epoch();
    state.close();
    return isOfLog ? at : { hash: null, from: 0 };
  } catch (error) {
    if (error instanceof Fault) return { hash: null, from: 0 };
    throw error;
  }
}
