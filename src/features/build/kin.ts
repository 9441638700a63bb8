import { bucketOf } from '../../log/index.ts';
import type { LoggedEvent } from '../../events/index.ts';

/** Types that say which subjects are one. */
export const JOINING: ReadonlySet<string> = new Set(['record.merged', 'link.visitor', 'link.removed']);

/** The subjects that such an event ties to its own. */
export const tiedBy = ({ data }: Pick<LoggedEvent, 'data'>): string[] =>
  [data['loser'], data['lead'], data['contact']].filter((id) => typeof id === 'string');

/** Finds who must be folded together, from the pairs that are tied. */
export interface Kin {
  tie(a: string, b: string): void;
  /** Those who are folded in the bucket of one that they belong together with, and not in their own. */
  homes(): Map<string, number>;
}

export function createKin(): Kin {
  const above = new Map<string, string>();
  const find = (subject: string): string => {
    let at = subject;
    for (let next = above.get(at); next !== undefined; next = above.get(at)) {
      const further = above.get(next);
      if (further !== undefined) above.set(at, further);
      at = next;
    }
    return at;
  };
  return {
    tie(a, b) {
      const [first, second] = [find(a), find(b)].toSorted(leadsFirst) as [string, string];
      if (first !== second) above.set(second, first);
    },
    homes() {
      const homes = new Map<string, number>();
      for (const subject of above.keys()) {
        const home = bucketOf(find(subject));
        if (home !== bucketOf(subject)) homes.set(subject, home);
      }
      return homes;
    },
  };
}

/** Visitors go to records rather than records to visitors. */
const rank = (subject: string): number => (subject.startsWith('vi_') ? 1 : 0);
const leadsFirst = (a: string, b: string): number => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
