import { DAY } from '../../base/index.ts';
import type { KindOf } from '../spec.ts';
import type { Kind } from './kind.ts';
import { getTime, NEVER, writeTime } from './stamp.ts';

/** Days since the newest event, with fractions; missing when there was none. */
export function since({ event, where }: KindOf<'since'>): Kind {
  return {
    needs: [{ input: { event, ...(where && { where }) }, shape: { keep: 'newest' } }],
    bind: ([place]) => (view, base, now) => {
      const time = getTime(view, base + place!.at);
      return time === NEVER ? NaN : Math.max(0, now - time) / DAY;
    },
    write([place], row) {
      const time = writeTime(row, place!.at);
      return `(${time} === -Infinity ? NaN : Math.max(0, now - ${time}) / ${DAY})`;
    },
  };
}
