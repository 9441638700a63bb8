import { DAY } from '../../base/index.ts';
import type { KindOf } from '../spec.ts';
import type { Kind } from './kind.ts';
import { getTime, NEVER, writeTime } from './stamp.ts';

/** Days from the oldest event of `after` to the oldest of `event`, at least 0, e.g. how soon a lead was called; missing before. */
export function elapsed({ event, after, where }: KindOf<'elapsed'>): Kind {
  return {
    needs: [
      { input: { event: after }, shape: { keep: 'oldest' } },
      { input: { event, ...(where && { where }) }, shape: { keep: 'oldest' } },
    ],
    bind: ([from, to]) => (view, base) => {
      const begun = getTime(view, base + from!.at);
      const done = getTime(view, base + to!.at);
      return begun === NEVER || done === NEVER ? NaN : Math.max(0, done - begun) / DAY;
    },
    write([from, to], row) {
      const [begun, done] = [writeTime(row, from!.at), writeTime(row, to!.at)];
      return `(${begun} === -Infinity || ${done} === -Infinity ? NaN : Math.max(0, ${done} - ${begun}) / ${DAY})`;
    },
  };
}
