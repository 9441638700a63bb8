import { openArchive, type Archive } from '../audit/index.ts';
import { Fault, systemClock } from '../base/index.ts';
import type { Cell } from '../cell/index.ts';
import { CELL_SUBJECT, serviceEvent, type LoggedEvent } from '../events/index.ts';
import type { Log } from '../log/index.ts';
import { DEFAULT_ACTIONS, engine, parseActionPolicy, type ActionPolicy } from '../rank/index.ts';
import type { Config } from './config.ts';
import { saidLast } from './deciding-now.ts';
import { experimentNow, type ExperimentNow } from './experiment-text.ts';
import { withGuest } from './guest.ts';
import { ifState } from './if-state.ts';
import { readPolicy } from './policy-file.ts';
import { policyColumns } from './rules-cell.ts';

/** What the policy verbs work on: a cell's files, beside its process or without one. */
export interface PolicyCell {
  readonly cell: Cell;
  readonly log: Log;
  readonly archive: Archive;
  /** The action policy that recommends now. */
  readonly present: ActionPolicy;
  /** What constraints may name: features of the house, and of the models that the cell has. */
  readonly columns: readonly string[];
  /** The experiment of the cell's policy file; null where none is declared. Throws a Fault for a file that is no policy. */
  experiment(): ExperimentNow | null;
}

/** Lends it. Throws a Fault where there is no cell. */
export function withPolicyCell<T>(config: Config, work: (cell: PolicyCell) => Promise<T>): Promise<T> {
  return withGuest(config, ({ cell, log }) => {
    const archive = openArchive(cell.paths.engines);
    const hash = promotedIn(log, cell.paths.state);
    const present = hash === null ? parseActionPolicy(DEFAULT_ACTIONS) : storedPolicy(archive, hash);
    return work({ cell, log, archive, present, columns: policyColumns(config), experiment: () => experimentOf(config, cell.paths.state) });
  });
}

/** What is declared, and how the people whom the state knows fall; uncounted where there is no state yet. */
function experimentOf(config: Config, statePath: string): ExperimentNow | null {
  const spec = readPolicy(config, engine, null).experiment;
  if (spec === undefined) return null;
  const now = systemClock();
  return ifState(statePath, (state) => experimentNow(spec, state, now)) ?? experimentNow(spec, null, now);
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

/** The hash of the policy that was promoted last; null where none ever was. */
function promotedIn(log: Log, statePath: string): string | null {
  const saidBy = ({ type, data }: LoggedEvent): string | undefined => (type === 'control.actions.promoted' ? String(data['policy']) : undefined);
  return saidLast({ log, statePath, known: (state) => state.actions(), saidBy });
}
