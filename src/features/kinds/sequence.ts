import type { KindOf } from '../spec.ts';
import type { Kind } from './kind.ts';
import { recentCode, writeRecent } from './recent.ts';

/** The type of the newest event, or of the one `place` before it, as a category; missing where there were fewer. */
export function sequence({ event, place }: KindOf<'sequence'>, nameOf: (code: number) => string | null): Kind {
  return {
    needs: [{ input: { event, as: 'type' }, shape: { keep: 'recent', length: place + 1 } }],
    bind: ([region]) => (view, base) => recentCode(view, base + region!.at, place),
    write: ([region], row) => writeRecent(row, region!.at, place),
    words: nameOf,
  };
}
