import { Fault, quote } from '../base/index.ts';
import type { IdentityMap, SubjectId } from '../events/index.ts';
import type { State } from '../features/index.ts';
import type { Caller } from './auth.ts';

/** Who may see what, from the token's role and the hierarchy that the log tells of. */
export interface Visibility {
  /** The subject of a user whose list the caller may see. Throws a Fault: unknown user, or not the caller's to see. */
  user(caller: Caller, user: string): SubjectId;
  /** Whether the caller may see records of this owner. */
  owner(caller: Caller, owner: SubjectId | null): boolean;
}

const SEES_ALL = new Set(['ops', 'auditor', 'service']);

export function createVisibility({ identities, state }: { identities: IdentityMap; state: State }): Visibility {
  const visible = (caller: Caller, owner: SubjectId | null): boolean => {
    if (SEES_ALL.has(caller.role)) return true;
    const self = identities.find('user', caller.user);
    if (self === undefined || owner === null) return false;
    return owner === self || (caller.role === 'manager' && state.team(self).includes(owner));
  };
  return {
    owner: visible,
    user(caller, user) {
      const subject = identities.find('user', user);
      // An unknown user and one whom the caller may not see get the same answer: the difference would tell who exists.
      if (subject !== undefined && visible(caller, subject)) return subject;
      throw new Fault({
        kind: caller.user === user ? 'missing' : 'forbidden',
        value: `user ${quote(user)}`,
        rule: caller.user === user ? 'is not known in this cell yet' : 'is not known here, or not in your team',
        remedy: 'check the id, and that the user owns leads in this region',
      });
    },
  };
}
