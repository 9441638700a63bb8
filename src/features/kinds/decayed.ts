import type { KindOf } from '../spec.ts';
import type { Kind, Scope } from './kind.ts';
import { generationsOf } from './need.ts';

/** Each event counts 1 when it happens and half as much after every half-life, and nothing after eight. Never missing. */
export function decayed({ event, halfLife, where }: KindOf<'decayed'>, scope: Scope): Kind {
  return {
    needs: [{ input: { event, ...(where && { where }) }, shape: { keep: 'generations', halfLife, width: scope.width === 1 ? 2 : 4 } }],
    bind([place]) {
      const { read } = generationsOf(place!);
      return (view, base, now) => read(view, base + place!.at, now);
    },
    write: ([place], row) => generationsOf(place!).writeRead(row, place!.at),
  };
}
