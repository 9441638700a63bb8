import type { SubjectId } from '../events/index.ts';
import type { Folds } from './folds.ts';
import { getLink, getReps, HEADER_BYTES } from './header.ts';
import type { Linked, RowAt } from './reading.ts';
import type { Entity } from './spec.ts';
import { teamOf } from './subject.ts';

/**
 * The rows that a record's features read beside its own: of what it is linked to, and of the team that its owner is in. Only
 * entities of which something is kept are looked up.
 */
export function linkedRows(
  folds: Folds,
  entity: Entity,
  row: DataView,
  get: (key: string) => DataView | undefined,
  resolve: (subject: SubjectId) => SubjectId,
): Linked {
  const linked: { [Name in Entity]?: RowAt & { reps?: number } } = {};
  for (const to of folds.of(entity).linked) {
    const subject = getLink(row, entity, to);
    const found = subject === null ? undefined : linkedRow(to, resolve(subject), get);
    if (found !== undefined) linked[to] = found;
  }
  return linked;
}

/** The row that a link to a record reads: its own, or of a user that of the team. */
export function linkedRow(to: Entity, subject: SubjectId, get: (key: string) => DataView | undefined): (RowAt & { readonly reps?: number }) | undefined {
  const found = get(subject);
  if (found === undefined) return undefined;
  if (to !== 'owner') return { view: found, base: HEADER_BYTES };
  const manager = getLink(found, 'owner', 'owner');
  const team = manager === null ? undefined : get(teamOf(manager));
  return team && { view: team, base: HEADER_BYTES, reps: getReps(team) };
}
