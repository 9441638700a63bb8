import type { LoggedEvent, SubjectId } from '../events/index.ts';
import type { Folds } from './folds.ts';
import { setLink, setReps } from './header.ts';
import { shelfOf } from './lanes.ts';
import { territoriesOf } from './notes.ts';
import type { Entity } from './spec.ts';
import type { UserFacts } from './state.ts';
import type { Store } from './store.ts';
import { teamOf } from './subject.ts';
import type { Weave } from './weave.ts';

/** Where a user stands in the hierarchy, and since which events: [time, tie]. */
interface User {
  manager: SubjectId | null;
  active: boolean;
  managed: Stamp;
  activated: Stamp;
  /** What else was said, by field of `user.changed`; the newest said counts. */
  said?: Record<string, { value: unknown; at: Stamp }>;
}
type Stamp = readonly [time: number, tie: number];
const NEVER: Stamp = [-8.64e15, 0];
const PLAIN = ['team', 'time_zone', 'away_until', 'territories', 'queue'] as const;

/** What a change of the hierarchy touches. */
export interface Hierarchy {
  store: Pick<Store, 'users' | 'team' | 'left' | 'territories'>;
  folds: Folds;
  weave: Pick<Weave, 'share'>;
  touch(key: string, entity: Entity): DataView;
}

/** Applies a `user.changed` to the hierarchy: fields that it does not carry stay, and what a later event said stays too. */
export function foldUser(hierarchy: Hierarchy, { subject, time, data }: LoggedEvent, tie: number): void {
  const before = read(hierarchy, subject) ?? { manager: null, active: true, managed: NEVER, activated: NEVER };
  const after = { ...before };
  const { manager, active } = data;
  if (manager !== undefined && later([time, tie], before.managed)) {
    after.manager = typeof manager === 'string' ? (manager as SubjectId) : null;
    after.managed = [time, tie];
  }
  if (active !== undefined && later([time, tie], before.activated)) {
    after.active = active !== false;
    after.activated = [time, tie];
  }
  const said = PLAIN.flatMap((field) => {
    const [held, value] = [before.said?.[field], data[field]];
    const newer = value !== undefined && later([time, tie], held?.at ?? NEVER);
    const kept = newer ? { value, at: [time, tie] as const } : held;
    return kept === undefined ? [] : [[field, kept] as const]; // in the order of the fields: the bytes do not tell the order of the events
  });
  if (said.length > 0) after.said = Object.fromEntries(said);
  place(hierarchy, subject, before, after);
  hierarchy.store.users.put(subject, new TextEncoder().encode(JSON.stringify(after)));
}

/** What is known of a user beside its place in the hierarchy; undefined for one that was never told of. */
export function userFacts(store: Pick<Store, 'users'>, subject: SubjectId): UserFacts | undefined {
  const user = read({ store }, subject);
  if (user === undefined) return undefined;
  const said = (field: (typeof PLAIN)[number]): unknown => user.said?.[field]?.value ?? null;
  const [team, timeZone, away] = [said('team'), said('time_zone'), said('away_until')];
  return {
    manager: user.manager,
    active: user.active,
    team: typeof team === 'string' ? team : null,
    timeZone: typeof timeZone === 'string' ? timeZone : null,
    awayUntil: typeof away === 'number' ? away : null,
    queue: user.said?.['queue']?.value === true,
    territories: territoriesIn(user),
  };
}

/** Removes a user from the hierarchy, and the team that it led. True when it was there. */
export function forgetUser(hierarchy: Hierarchy & { removeRow(key: string): void }, subject: SubjectId): boolean {
  const { store } = hierarchy;
  const user = read(hierarchy, subject);
  hierarchy.removeRow(teamOf(subject));
  if (user === undefined) return false;
  place(hierarchy, subject, user, { ...user, manager: null, said: {} });
  store.users.remove(subject);
  return true;
}

const territoriesIn = ({ said }: User): string[] => {
  const value = said?.['territories']?.value;
  return typeof value === 'string' ? territoriesOf(value) : [];
};

const later = ([time, tie]: Stamp, before: Stamp): boolean => time > before[0] || (time === before[0] && tie >= before[1]);

/** Moves a user between teams: in the hierarchy, and with what is counted of it. */
function place({ store, folds, weave, touch }: Hierarchy, subject: SubjectId, before: User, after: User): void {
  if (before.manager !== null) store.team.remove(before.manager, subject);
  if (before.manager !== null) store.left.remove(before.manager, subject);
  if (after.manager !== null) (after.active ? store.team : store.left).add(after.manager, subject);
  for (const territory of territoriesIn(before)) store.territories.remove(shelfOf(territory), subject);
  if (after.active) for (const territory of territoriesIn(after)) store.territories.add(shelfOf(territory), subject);
  if (folds.of('owner').bytes === 0) return; // nothing is counted of teams
  if (before.manager !== after.manager) {
    if (before.manager !== null) weave.share(subject, before.manager, 'take');
    setLink(touch(subject, 'owner'), 'owner', 'owner', after.manager, ...after.managed);
    if (after.manager !== null) weave.share(subject, after.manager, 'give');
  }
  for (const manager of [before.manager, after.manager]) {
    if (manager !== null) setReps(touch(teamOf(manager), 'owner'), store.team.members(manager).length);
  }
}

function read({ store }: { store: Pick<Store, 'users'> }, subject: SubjectId): User | undefined {
  const bytes = store.users.get(subject);
  return bytes === undefined ? undefined : (JSON.parse(new TextDecoder().decode(bytes)) as User);
}
