import { DAY } from '../../base/index.ts';
import type { WorldParams } from './params.ts';

/** What the time of the year adds to the odds of buying on a day (days since 1970), in log-odds. */
export function seasonOn({ season }: WorldParams, day: number): number {
  const date = new Date(day * DAY);
  const [month, dayOfMonth] = [date.getUTCMonth(), date.getUTCDate()];
  const slow = month === 7 || (month === 11 && dayOfMonth > 20) || (month === 0 && dayOfMonth < 5);
  const quarterEnds = month % 3 === 2 && dayOfMonth > 20;
  return (slow ? -season.year : 0) + (quarterEnds ? season.quarter_end : 0);
}
