import { HOUR } from '../base/index.ts';
import type { Decision } from '../audit/index.ts';
import { changeOf, type Change, type LoadedModel, type Seen } from '../rank/index.ts';

/** Tells what changed on a user's list since one that the same user saw an hour ago or more. It is forgotten at a restart. */
export interface Changes {
  /** By subject, for those whose place is another; takes the list into account for later ones. */
  of(user: string, decisions: readonly Decision[], modelOf: (subject: string) => Scoring | null): ReadonlyMap<string, Change>;
}

/** The model that decides about a record, and what its vectors are made of. */
export interface Scoring {
  readonly model: LoadedModel;
  readonly columns: { readonly id: string; readonly names: readonly string[] };
}

type Kept = Pick<Decision, 'subject' | 'time' | 'bundle' | 'raw' | 'facts' | 'vector' | 'columns'> & { readonly placement: Pick<NonNullable<Decision['placement']>, 'position' | 'priority'> };

interface Shown {
  readonly time: number;
  readonly records: ReadonlyMap<string, Kept>;
}

/** How far apart the lists are that are compared, so that a page which refreshes goes on saying it. */
const APART = HOUR;
const TOP = 50;

/** Keeps the lists of the `most` users who asked last, the top of each. */
export function createChanges({ most = 500 } = {}): Changes {
  const held = new Map<string, { readonly old: Shown | null; readonly recent: Shown }>();
  return {
    of(user, decisions, modelOf) {
      const time = decisions[0]?.time;
      if (time === undefined) return new Map();
      const before = held.get(user);
      const old = before === undefined ? null : time - before.recent.time >= APART ? before.recent : before.old;
      held.delete(user);
      held.set(user, { old, recent: before === undefined || old === before.recent ? shownOf(decisions, time) : before.recent });
      if (held.size > most) held.delete(held.keys().next().value!);
      return old === null ? new Map() : compare(old, decisions, modelOf);
    },
  };
}

function shownOf(decisions: readonly Decision[], time: number): Shown {
  const kept = decisions.slice(0, TOP).map(({ subject, time: at, bundle, raw, facts, vector, columns, placement }): [string, Kept] => [
    subject,
    { subject, time: at, bundle, raw, facts, vector, columns, placement: { position: placement!.position, ...(placement!.priority && { priority: placement!.priority }) } },
  ]);
  return { time, records: new Map(kept) };
}

function compare(old: Shown, decisions: readonly Decision[], modelOf: (subject: string) => Scoring | null): Map<string, Change> {
  const found = new Map<string, Change>();
  for (const decision of decisions.slice(0, TOP)) {
    const { subject, placement } = decision;
    const before = old.records.get(subject);
    if (placement?.priority === undefined || before?.placement.position === placement.position) continue;
    const scoring = modelOf(subject);
    const [then, now] = [before === undefined ? null : seen(before, scoring), seen({ ...decision, placement }, scoring)];
    const change = now && changeOf(then?.seen ?? null, now.seen, then?.rescored ?? null);
    if (change) found.set(subject, change);
  }
  return found;
}

/** A record as it stood, explained by the model that decides now. */
function seen({ subject, time, bundle, raw, facts, vector, columns, placement: { position, priority } }: Kept, scoring: Scoring | null): { seen: Seen; rescored: number | null } | null {
  if (priority === undefined) return null;
  const scored = scoring === null || scoring.columns.id !== columns ? null : scoring.model.score(scoring.columns.names, vector);
  return { seen: { subject, position, time, bundle, priority, facts, raw, effects: scored?.effects ?? null }, rescored: scored?.raw ?? null };
}
