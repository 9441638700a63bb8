import type { KindOf } from '../spec.ts';
import type { Kind, Scope } from './kind.ts';
import { totalOf, writeTotal } from './need.ts';

/** How many there ever were of `event` less those of `less`, e.g. won deals that are still customers; at least 0. Never missing. */
export function standing({ event, less, where, whereLess }: KindOf<'standing'>, scope: Scope): Kind {
  const width = scope.width === 1 ? 2 : 4;
  return {
    needs: [
      { input: { event, ...(where && { where }) }, shape: { keep: 'total', width } },
      { input: { event: less, ...(whereLess && { where: whereLess }) }, shape: { keep: 'total', width } },
    ],
    bind([up, down]) {
      const [begun, ended] = [totalOf(up!), totalOf(down!)];
      return (view, base) => Math.max(0, begun.read(view, base + up!.at) - ended.read(view, base + down!.at));
    },
    write: ([up, down], row) => `Math.max(0, ${writeTotal(up!, row)} - ${writeTotal(down!, row)})`,
  };
}
