import type { KindOf } from '../spec.ts';
import { counts } from './count.ts';
import type { Kind, Scope } from './kind.ts';
import { countsAt, ringOf } from './need.ts';
import { tileOf, writeTile } from './tiles.ts';
import { tileFor } from './windows.ts';

/**
 * The rate of events over the short window against that over the long one, each over the time that its tiles really span: 1 is
 * steady, above it more than usual. Missing where the long window is empty.
 */
export function trend({ event, short, long, tile = tileFor(short), where }: KindOf<'trend'>, scope: Scope): Kind {
  const input = { event, ...(where && { where }) };
  const [recent, usual] = [counts(input, short, tile, scope), counts(input, long, tile, scope)];
  return {
    needs: [recent, usual],
    bind([near, far]) {
      const [newest, all] = [ringOf(near!), ringOf(far!)];
      return (view, base, now) => {
        const running = now - tileOf(now, tile) * tile;
        const few = newest.over(view, base + near!.at, now, recent.shape.tiles) / (short + running);
        return few / (all.over(view, base + far!.at, now, usual.shape.tiles) / (long + running));
      };
    },
    write([near, far], row) {
      const running = row.moment(`now - ${row.moment(writeTile('now', tile))} * ${tile}`);
      const [few, all] = [row.over(countsAt(near!), recent.shape.tiles), row.over(countsAt(far!), usual.shape.tiles)];
      return `(${few} / (${short} + ${running})) / (${all} / (${long} + ${running}))`;
    },
  };
}
