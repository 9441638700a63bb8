import { arrivalsOn } from '../hours.ts';
import { FOR, keyed } from './keyed.ts';

/** How many come on a day (days since 1970): Poisson, by the gaps between them. */
export function arrivalCount(seed: number, day: number, mean: number, key: number = FOR.arrivals): number {
  const random = keyed(seed, key, day);
  const expected = mean * arrivalsOn(day);
  let count = 0;
  for (let gone = random.exponential(1); gone < expected; gone += random.exponential(1)) count += 1;
  return count;
}
