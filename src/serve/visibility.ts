import { Fault, quote } from '../base/index.ts';
import type { IdentityMap, SubjectId } from '../events/index.ts';
import { shelfOf, type LeadRecord, type State } from '../features/index.ts';
import { shelvesOf, type Shelves } from '../rank/index.ts';
import type { Caller } from './auth.ts';

/** Who may see what, from the token's role and the hierarchy that the log tells of. */
export interface Visibility {
  /** The subject of a user whose list the caller may see. Throws a Fault: unknown user, or not the caller's to see. */
  user(caller: Caller, user: string): SubjectId;
  /** Whether the caller may see a record: its owner's, a report's who left, what nobody owns in the caller's territories; a manager also what stands on a report's list. */
  record(caller: Caller, record: Whose): boolean;
}

type Whose = Pick<LeadRecord, 'owner' | 'territories'>;

const SEES_ALL = new Set(['ops', 'auditor', 'service']);

export function createVisibility({ identities, state }: { identities: IdentityMap; state: State }): Visibility {
  const reports = (caller: Caller, self: SubjectId, owner: SubjectId): boolean =>
    owner === self || (caller.role === 'manager' && state.team(self).includes(owner));

  const isVisible = (caller: Caller, { owner, territories }: Whose): boolean => {
    if (SEES_ALL.has(caller.role)) return true;
    const self = identities.find('user', caller.user);
    if (self === undefined) return false;
    if (owner !== null && reports(caller, self, owner)) return true;
    // A record of a list that the user may see is the user's to see; who is away does not change that.
    const hierarchy = { user: state.user, team: state.team, left: state.left, queues: state.queues } as unknown as Parameters<typeof shelvesOf>[0];
    const listed = caller.role === 'manager' ? [self, ...state.team(self)] : [self];
    return listed.some((user) => standsOn(shelvesOf(hierarchy, user, -Infinity), owner, territories));
  };

  return {
    record: isVisible,
    user(caller, user) {
      const subject = identities.find('user', user);
      const self = identities.find('user', caller.user);
      // An unknown user and one whom the caller may not see get the same answer: the difference would tell who exists.
      if (subject !== undefined && (SEES_ALL.has(caller.role) || (self !== undefined && reports(caller, self, subject)))) return subject;
      throw new Fault({
        kind: caller.user === user ? 'missing' : 'forbidden',
        value: `user ${quote(user)}`,
        rule: caller.user === user ? 'is not known in this cell yet' : 'is not known here, or not in your team',
        remedy: 'check the id, and that the user owns leads in this region',
      });
    },
  };
}

function standsOn({ own, shared }: Shelves, owner: string | null, territories: readonly string[]): boolean {
  if (owner !== null) return own.includes(owner) || shared.includes(owner);
  return territories.some((territory) => shared.includes(shelfOf(territory)));
}
