import { Fault, quote } from '../base/index.ts';
import type { IdentityMap, SubjectId } from '../events/index.ts';
import { shelfOf, type LeadRecord, type State } from '../features/index.ts';
import { shelvesOf } from '../rank/index.ts';
import type { Caller } from './auth.ts';

/** Who may see what, from the token's role and the hierarchy that the log tells of. */
export interface Visibility {
  /** The subject of a user whose list the caller may see. Throws a Fault: unknown user, or not the caller's to see. */
  user(caller: Caller, user: string): SubjectId;
  /** Tells, as of now, which records the caller may see: the own ones, a report's who left, or is or was away, what nobody owns in the caller's territories; a manager also what stands on a report's list. */
  records(caller: Caller): (record: Whose) => boolean;
}

type Whose = Pick<LeadRecord, 'owner' | 'territories'>;

const SEES_ALL = new Set(['ops', 'auditor', 'service']);

export function createVisibility({ identities, state }: { identities: IdentityMap; state: State }): Visibility {
  /** Whose lists the caller may see. */
  const listed = ({ role }: Caller, self: SubjectId): Set<string> => new Set(role === 'manager' ? [self, ...state.team(self)] : [self]);

  return {
    records(caller) {
      if (SEES_ALL.has(caller.role)) return () => true;
      const self = identities.find('user', caller.user);
      if (self === undefined) return () => false;
      const users = listed(caller, self);
      // A record of a list that the user may see is the user's to see; who is away does not change that.
      const hierarchy = { user: state.user, team: state.team, left: state.left, queues: state.queues } as unknown as Parameters<typeof shelvesOf>[0];
      let shelves: ReadonlySet<string> | undefined;
      const standsOn = (shelf: string): boolean => (shelves ??= shelvesOfAll(hierarchy, users)).has(shelf);
      return ({ owner, territories }) => (owner === null ? territories.some((territory) => standsOn(shelfOf(territory))) : users.has(owner) || standsOn(owner));
    },
    user(caller, user) {
      const subject = identities.find('user', user);
      const self = identities.find('user', caller.user);
      // An unknown user and one whom the caller may not see get the same answer: the difference would tell who exists.
      if (subject !== undefined && (SEES_ALL.has(caller.role) || (self !== undefined && listed(caller, self).has(subject)))) return subject;
      throw new Fault({
        kind: caller.user === user ? 'missing' : 'forbidden',
        value: `user ${quote(user)}`,
        rule: caller.user === user ? 'is not known in this cell yet' : 'is not known here, or not in your team',
        remedy: 'check the id, and that the user owns leads in this region',
      });
    },
  };
}

function shelvesOfAll(hierarchy: Parameters<typeof shelvesOf>[0], users: Iterable<string>): ReadonlySet<string> {
  const all = new Set<string>();
  for (const user of users) {
    const { own, shared, urgent } = shelvesOf(hierarchy, user, -Infinity); // also of who was away and is back: a list of before stays the user's to work
    for (const shelf of own.concat(shared, urgent)) all.add(shelf);
  }
  return all;
}
