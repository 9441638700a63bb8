import type { IdentityMap, SubjectId } from '../events/index.ts';
import { FEWEST_REPS, USES, type State, type Uses } from '../features/index.ts';
import type { Adoption } from './schema-monitor.ts';

/** The team of whoever is in none that may be told apart. */
const OTHERS = null;

type Read = Pick<State, 'uses' | 'team' | 'managers'>;

/**
 * How recommendations were used, by week and team, newest week first; `teams` narrows it to these managers. Teams are as they stand
 * now. A team of fewer than five counts among the others; where those are so few themselves, the smallest team counts with them, and
 * where there is none they are left out, so that nothing is said of a person.
 */
export function adoptionOf(state: Read, identities: Pick<IdentityMap, 'externalOf'>, teams?: readonly SubjectId[]): Adoption['weeks'] {
  const all = state.managers().map((manager) => ({ manager, members: state.team(manager) })).toSorted((a, b) => b.members.length - a.members.length);
  const large = all.filter(({ members }) => members.length >= FEWEST_REPS);
  const few = all.slice(large.length).reduce((sum, { members }) => sum + members.length, 0);
  const told = few > 0 && few < FEWEST_REPS ? large.slice(0, -1) : large;
  const counted = told.map(({ manager, members }) => ({ manager, counts: summed(members.map((user) => state.uses(user))) }));
  const rows = counted.filter(({ manager }) => teams?.includes(manager) ?? true).flatMap(({ manager, counts }) => rowsOf(identities.externalOf(manager) ?? null, counts));
  const isTold = all.length === 0 || few >= FEWEST_REPS || (few > 0 && told.length < large.length);
  const others = teams === undefined && isTold ? rowsOf(OTHERS, less(state.uses(null), summed(counted.map(({ counts }) => counts)))) : [];
  return [...rows, ...others].toSorted((a, b) => (a.week < b.week ? 1 : a.week > b.week ? -1 : 0) || (String(a.team) < String(b.team) ? -1 : 1));
}

type Weeks = ReadonlyMap<number, Uses>;
const NONE = Object.fromEntries(USES.map((use) => [use, 0])) as unknown as Uses;

function summed(all: readonly Weeks[]): Map<number, Uses> {
  const sum = new Map<number, Uses>();
  for (const weeks of all) for (const [week, uses] of weeks) sum.set(week, combined(sum.get(week) ?? NONE, uses, 1));
  return sum;
}

const less = (all: Weeks, part: Weeks): Map<number, Uses> => new Map([...all].map(([week, uses]) => [week, combined(uses, part.get(week) ?? NONE, -1)]));

const combined = (a: Uses, b: Uses, sign: 1 | -1): Uses =>
  Object.fromEntries(USES.map((use) => [use, Math.max(0, a[use] + sign * b[use])])) as unknown as Uses;

const rowsOf = (team: string | null, weeks: Weeks): Adoption['weeks'] =>
  [...weeks].filter(([, uses]) => USES.some((use) => uses[use] > 0)).map(([week, uses]) => Object.assign({ week: new Date(week).toISOString().slice(0, 10), team }, uses));
