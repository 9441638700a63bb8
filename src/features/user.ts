import type { LoggedEvent, SubjectId } from '../events/index.ts';
import type { Store } from './store.ts';

/** Where a user stands in the hierarchy. */
interface User {
  manager: SubjectId | null;
  active: boolean;
}

/** Applies a `user.changed` to the hierarchy: fields that it does not carry stay. */
export function foldUser(store: Store, { subject, data }: LoggedEvent): void {
  const before = read(store, subject) ?? { manager: null, active: true };
  const { manager = before.manager, active = before.active } = data;
  const after: User = { manager: typeof manager === 'string' ? (manager as SubjectId) : null, active: active !== false };
  if (before.manager !== null) store.team.remove(before.manager, subject);
  if (after.active && after.manager !== null) store.team.add(after.manager, subject);
  store.users.put(subject, new TextEncoder().encode(JSON.stringify(after)));
}

/** Removes a user from the hierarchy. True when it was there. */
export function forgetUser(store: Store, subject: SubjectId): boolean {
  const user = read(store, subject);
  if (user === undefined) return false;
  if (user.manager !== null) store.team.remove(user.manager, subject);
  store.users.remove(subject);
  return true;
}

function read(store: Store, subject: SubjectId): User | undefined {
  const bytes = store.users.get(subject);
  return bytes === undefined ? undefined : (JSON.parse(new TextDecoder().decode(bytes)) as User);
}
