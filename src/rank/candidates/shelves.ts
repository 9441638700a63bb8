import { shelfOf } from '../../features/index.ts';
import type { CandidateReader } from './reader.ts';

/** Where the records of a user's list stand. */
export interface Shelves {
  /** The user's own, and those of reports who left. */
  readonly own: readonly string[];
  /** Of nobody in the user's territories, and of their queues. */
  readonly shared: readonly string[];
  /** Of reports who are away: what is urgent of it. */
  readonly urgent: readonly string[];
}

/** Who is where. */
type Hierarchy = Pick<CandidateReader, 'user' | 'team' | 'left' | 'queues'>;

/**
 * The shelves of a user as of `now`, ms. What belonged to somebody who left goes to the manager, and where that one left as well to the
 * next; a hierarchy that goes in a circle is walked once.
 */
export function shelvesOf(reader: Hierarchy, user: string, now: number): Shelves {
  const own = [user];
  for (const owner of own) for (const gone of reader.left(owner)) if (!own.includes(gone)) own.push(gone);
  const territories = reader.user(user)?.territories ?? [];
  const shared = territories.flatMap((territory) => [shelfOf(territory)].concat(reader.queues(territory)));
  const urgent = reader.team(user).filter((report) => report !== user && (reader.user(report)?.awayUntil ?? -Infinity) > now);
  return { own, shared: [...new Set(shared)].filter((shelf) => !own.includes(shelf)), urgent };
}

/** Whose list has the records of an owner: the owner's, or of who left that of the next manager up who is there; null: nobody's. */
export function listOf(reader: { user(subject: string): { readonly active: boolean; readonly manager: string | null } | undefined }, owner: string): string | null {
  const asked = new Set<string>();
  for (let at: string | null = owner; at !== null && !asked.has(at); ) {
    asked.add(at);
    const user = reader.user(at);
    if (user === undefined || user.active) return at;
    at = user.manager;
  }
  return null;
}
