import type { SubjectId } from '../../events/index.ts';
import type { State } from '../../features/index.ts';
import { calendarOf, type RepFacts } from '../calendar/calendar.ts';
import { sinceLastWorkingDay } from '../calendar/last-working-day.ts';
import type { Policy } from '../policy.ts';

/** The most that are counted of one list: more are closed by the bulk, not by a rep. */
const MOST_COUNTED = 500;

export interface EndedOptions {
  readonly user: string;
  readonly rep: RepFacts;
  /** ms */
  readonly now: number;
}

export interface EndedLately {
  /** The newest first, each with how it ended. */
  readonly ended: ReturnType<State['ended']>;
  /** Whether there are more than were counted. */
  readonly isCut: boolean;
}

/**
 * What was the user's own and was converted, won, lost or disqualified since the previous working day began: a rep who had it on the list then finds out
 * why it is not there. It reads a list that the fold keeps, and no record; it costs the same whatever the size of the book.
 */
export function endedLately(state: Pick<State, 'ended'>, { user, rep, now }: EndedOptions, { calendars }: Pick<Policy, 'calendars'>): EndedLately {
  const from = sinceLastWorkingDay(calendarOf(calendars, rep), now);
  const found = state.ended(user as SubjectId, { from, until: now + 1, limit: MOST_COUNTED + 1 });
  return { ended: found.slice(0, MOST_COUNTED), isCut: found.length > MOST_COUNTED };
}
