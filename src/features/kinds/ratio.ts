import type { KindOf } from '../spec.ts';
import { counts } from './count.ts';
import type { Kind, Scope } from './kind.ts';
import { countsAt, ringOf } from './need.ts';

/** The events of the window for each one of `of`, e.g. replies for each message sent; missing where there is none of those. */
export function ratio({ event, of, window, tile, where, whereOf }: KindOf<'ratio'>, scope: Scope): Kind {
  const some = counts({ event, ...(where && { where }) }, window, tile, scope);
  const all = counts({ event: of, ...(whereOf && { where: whereOf }) }, window, tile, scope);
  return {
    needs: [some, all],
    bind([part, whole]) {
      const [parts, wholes] = [ringOf(part!), ringOf(whole!)];
      return (view, base, now) => {
        const many = wholes.over(view, base + whole!.at, now, all.shape.tiles);
        return many === 0 ? NaN : parts.over(view, base + part!.at, now, some.shape.tiles) / many;
      };
    },
    write([part, whole], row) {
      const many = row.over(countsAt(whole!), all.shape.tiles);
      return `(${many} === 0 ? NaN : ${row.over(countsAt(part!), some.shape.tiles)} / ${many})`;
    },
  };
}
