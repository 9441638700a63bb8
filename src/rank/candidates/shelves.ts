import { shelfOf } from '../../features/index.ts';
import type { CandidateReader } from './reader.ts';

/** Where the records of a user's list stand. */
export interface Shelves {
  /** The user's own, and those of reports who left. */
  readonly own: readonly string[];
  /** Of nobody in the user's territories, and of their queues. */
  readonly shared: readonly string[];
  /** Of reports who are away, and of whoever reports to them and is away or left: what is urgent of it. */
  readonly urgent: readonly string[];
}

/** Who is where. */
type Hierarchy = Pick<CandidateReader, 'user' | 'team' | 'left' | 'queues'>;

/**
 * The shelves of a user as of `now`, ms. What belonged to somebody who left goes to the manager, and where that one left as well to the
 * next; so does what is urgent of somebody who is away, where the manager is away as well. A hierarchy that goes in a circle is walked once.
 */
export function shelvesOf(reader: Hierarchy, user: string, now: number): Shelves {
  const own = [user];
  for (const owner of own) for (const gone of reader.left(owner)) if (!own.includes(gone)) own.push(gone);
  const territories = reader.user(user)?.territories ?? [];
  const shared = territories.flatMap((territory) => [shelfOf(territory)].concat(reader.queues(territory)));
  return { own, shared: [...new Set(shared)].filter((shelf) => !own.includes(shelf)), urgent: urgentOf(reader, own, now) };
}

/** Who is away below those whose shelves are the user's own, and who left below them. */
function urgentOf(reader: Hierarchy, own: readonly string[], now: number): string[] {
  const below = [...own]; // in whose place somebody answers
  const found = new Set(own);
  const take = (report: string): void => {
    if (found.has(report)) return;
    found.add(report);
    below.push(report);
  };
  for (const manager of below) {
    for (const report of reader.team(manager)) if ((reader.user(report)?.awayUntil ?? -Infinity) > now) take(report);
    for (const gone of reader.left(manager)) take(gone);
  }
  return below.slice(own.length);
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
