import type { SubjectId } from '../../events/index.ts';
import type { LeadRecord, State } from '../../features/index.ts';
import type { BookSummary, CandidateReader } from './reader.ts';

type Read = Pick<State, 'user' | 'team' | 'left' | 'queues' | 'ownedFrom' | 'lane' | 'record'>;

/** Reads candidates out of a state as it stands; a record is read once. `book` tells of books that are large. */
export function readerOf(state: Read, book: (owner: string) => BookSummary | undefined): CandidateReader<LeadRecord> {
  const records = new Map<string, LeadRecord | undefined>();
  const id = (subject: string): SubjectId => subject as SubjectId;
  return {
    user: (subject) => state.user(id(subject)),
    team: (manager) => state.team(id(manager)),
    left: (manager) => state.left(id(manager)),
    queues: (territory) => state.queues(territory),
    ownedFrom: (owner, range) => state.ownedFrom(id(owner), range),
    lane: (lane, shelf, range) => state.lane(lane, shelf, range),
    record(subject) {
      if (!records.has(subject)) records.set(subject, state.record(id(subject)));
      return records.get(subject);
    },
    book,
  };
}
