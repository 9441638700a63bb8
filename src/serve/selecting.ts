import type { MadeFrom } from '../audit/index.ts';
import type { SubjectId } from '../events/index.ts';
import type { LeadRecord, State, UserFacts } from '../features/index.ts';
import { listOf, readerOf, type BookSummary, type engine, type Policy, type Selection } from '../rank/index.ts';
import type { Books } from './books.ts';

type Judge = Parameters<typeof engine.select<LeadRecord>>[3];

export interface SelectingParts {
  readonly state: State;
  readonly code: Pick<typeof engine, 'select'>;
  readonly policy: Policy;
  readonly books: Books;
}

export interface Selected extends Selection {
  /** What the journal keeps of it. */
  readonly from: MadeFrom;
  /** Until when owners of others' records are away, or whoever has them where these left; ms. */
  readonly away: Readonly<Record<string, number>>;
}

/** Selects the candidates of a user's list out of the state, and has large books surveyed for the next one. */
export function createSelecting({ state, code, policy, books }: SelectingParts): (options: { user: SubjectId; now: number; seed: number }, judge: Judge) => Selected {
  return (options, judge) => {
    const looked: Record<string, MadeFrom['books'][string]> = {};
    // What was asked of a book is what the journal keeps of it.
    const bookOf = (owner: string): BookSummary | undefined => {
      const book = books.get(owner);
      const known = (looked[owner] ??= null);
      if (book === undefined) return undefined;
      const told = { best: known?.best ?? [], warm: known?.warm ?? [], size: book.size };
      const keep = (more: Partial<typeof told>): void => void (looked[owner] = Object.assign(told, more));
      keep({});
      return {
        size: book.size,
        best(limit) {
          keep({ best: book.best(limit) as string[] });
          return told.best;
        },
        bestOf(warm, limit) {
          keep({ warm: book.bestOf(warm, limit) as string[] });
          return told.warm;
        },
      };
    };
    const reader = readerOf(state, bookOf);
    const selection = code.select(reader, options, policy, judge);
    for (const owner of selection.large) void books.survey(owner);
    const owners = new Set(selection.candidates.flatMap(({ facts }) => (typeof facts.owner === 'string' && facts.owner !== options.user ? [facts.owner] : [])));
    const user = (subject: string): UserFacts | undefined => state.user(subject as SubjectId);
    const away = [...owners].flatMap((owner) => {
      // Where the owner left it is for who has it now.
      const has = listOf({ user }, owner) ?? owner;
      const until = has === options.user ? null : (user(has)?.awayUntil ?? null);
      return until === null ? [] : [[owner, until] as const];
    });
    const { counts, considered } = selection;
    return { ...selection, from: { counts, considered, books: looked }, away: Object.fromEntries(away) };
  };
}
