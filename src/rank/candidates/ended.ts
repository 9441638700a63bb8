import type { SubjectId } from '../../events/index.ts';
import type { LeadRecord, State } from '../../features/index.ts';
import { calendarOf, type RepFacts } from '../calendar/calendar.ts';
import { sinceLastWorkingDay } from '../calendar/last-working-day.ts';
import type { Policy } from '../policy.ts';

/** The most that are told of one list: the newest. */
const MOST = 50;

export interface EndedOptions {
  readonly user: string;
  readonly rep: RepFacts;
  /** ms */
  readonly now: number;
}

/**
 * What was the user's own and was converted, won, lost or disqualified since the previous working day began, the newest first: a rep who had it on the
 * list then finds out why it is not there. It costs the same whatever the size of the book.
 */
export function endedLately(state: Pick<State, 'ended' | 'record'>, { user, rep, now }: EndedOptions, { calendars }: Pick<Policy, 'calendars'>): LeadRecord[] {
  const from = sinceLastWorkingDay(calendarOf(calendars, rep), now);
  return state.ended(user as SubjectId, { from, until: now + 1, limit: MOST }).flatMap((subject) => state.record(subject) ?? []);
}
