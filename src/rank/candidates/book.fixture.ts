import { DAY, random } from '../../base/index.ts';
import { heatTile, NOWHERE, shelfOf } from '../../features/index.ts';
import type { BookSummary, CandidateReader, CandidateRecord } from './reader.ts';

export const NOW = Date.UTC(2026, 2, 2, 9);

/** A record as candidates see it, with what its lanes go by. */
export interface Shelved extends CandidateRecord {
  readonly due: { kind: 'promise' | 'task'; at: number; since: number } | null;
  readonly territories: readonly string[];
}

export const shelvedFixture = (subject: string, over: Partial<Shelved> = {}): Shelved => ({
  subject,
  owner: 'us_a',
  account: null,
  person: null,
  territories: [],
  status: 'open',
  created: NOW - 60 * DAY,
  lastTouch: NOW - 9 * DAY,
  lastEvent: NOW - 9 * DAY,
  snoozedUntil: null,
  dismissed: false,
  dismissedAt: null,
  objected: false,
  heat: 0,
  stirring: false,
  due: null,
  ...over,
});

/** A task that is due then, ms. */
export const taskAt = (at: number): Shelved['due'] => ({ kind: 'task', at, since: NOW - 30 * DAY });

/** So warm as of `NOW`: 0 is one deed in these days. */
export const warm = (level: number): number => heatTile(NOW) + level;

/** An id as the gate makes them. */
export const idFixture = (draw: ReturnType<typeof random>): string => `ld_${Array.from({ length: 20 }, () => draw.below(36).toString(36)).join('')}`;

interface Users {
  readonly [user: string]: { active?: boolean; manager?: string; territories?: string[]; queue?: boolean; awayUntil?: number };
}

/** A reader over plain lists, in the orders that a state keeps; `reads` counts the subjects that were handed out. */
export function readerFixture(records: readonly Shelved[], users: Users = {}, book?: (owner: string) => BookSummary | undefined): CandidateReader<Shelved> & { reads(): number } {
  let reads = 0;
  const known = new Map(records.map((record) => [record.subject, record]));
  const open = records.filter(({ status }) => status === 'open').toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
  const on = (shelf: string): Shelved[] =>
    open.filter(({ owner, territories }) => (owner === null ? (territories.length === 0 ? [NOWHERE] : territories.map(shelfOf)).includes(shelf) : owner === shelf));
  const handOut = (all: readonly Shelved[], limit: number): string[] => {
    const some = all.slice(0, limit).map(({ subject }) => subject);
    reads += some.length;
    return some;
  };
  const reporting = (manager: string, active: boolean): string[] =>
    Object.keys(users).filter((name) => users[name]!.manager === manager && (users[name]!.active ?? true) === active);
  const lanes = {
    heat: (shelf: string) => on(shelf).filter(({ heat, owner }) => heat > 0 || owner === null).toSorted((a, b) => b.heat - a.heat),
    due: (shelf: string) => on(shelf).filter(({ due }) => due !== null).toSorted((a, b) => a.due!.at - b.due!.at),
    new: (shelf: string) => on(shelf).filter(({ lastTouch }) => lastTouch === null).toSorted((a, b) => b.created - a.created),
  };
  return {
    reads: () => reads,
    user(name) {
      const user = users[name];
      return user && { active: user.active ?? true, territories: user.territories ?? [], awayUntil: user.awayUntil ?? null };
    },
    team: (manager) => reporting(manager, true),
    left: (manager) => reporting(manager, false),
    queues: (territory) => Object.keys(users).filter((name) => users[name]!.queue === true && users[name]!.territories?.includes(territory)),
    ownedFrom: (owner, { from = '', to, limit }) => handOut(on(owner).filter(({ subject }) => subject >= from && (to === undefined || subject < to)), limit),
    lane: (lane, shelf, { limit, from = -Infinity, until = Infinity, least = 0 }) =>
      handOut(lanes[lane](shelf).filter(({ due, heat }) => (lane !== 'due' || (due!.at >= from && due!.at < until)) && heat >= least), limit),
    record: (subject) => known.get(subject),
    book: book ?? (() => undefined),
  };
}
