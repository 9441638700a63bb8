const MINUTE = 60_000;
const MOST_TIE = 0xffff;

/** The tie of a row of a daily file: of two of one day the one that became available later counts. Ms after the day began. */
export function dayTie(available: number): number {
  const minutes = Math.floor(available / MINUTE);
  return minutes > 0 ? Math.min(MOST_TIE, minutes) : 0;
}
