import { DAY, hash32, mix32 } from '../../base/index.ts';
import type { SamplePlan } from './plan.ts';

/** Within what time after the last age of a plan a record is sampled for the last time. */
const LAST = DAY;

/**
 * How old a record is when it is sampled, ms, the greatest first; what is given is used again for the next record. Between ages the
 * moment is drawn by the record's name, so that a sample does not meet the hour and the weekday at which its record was created: they
 * would stand for one another in what is learned, and a list is asked for at any hour.
 */
export function sampledAges({ ages, moments, seed }: Pick<SamplePlan, 'ages' | 'moments' | 'seed'>): (name: string) => Float64Array {
  const from = Float64Array.from(ages).toSorted().toReversed();
  if (moments === 'at ages') return () => from;
  const room = from.map((age, i) => (i === 0 ? LAST : from[i - 1]! - age));
  const drawn = new Float64Array(from.length);
  return (name) => {
    const own = hash32(name, seed);
    for (let i = 0; i < drawn.length; i++) drawn[i] = from[i]! + Math.floor((mix32(own ^ Math.imul(i + 1, 0x9e3779b9)) / 2 ** 32) * room[i]!);
    return drawn;
  };
}
