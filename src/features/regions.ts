import { canonicalJson } from '../base/index.ts';
import { accumulatorOf, type Input, type Need, type Place, type Shape } from './kinds/need.ts';
import type { Accumulator } from './kinds/accumulator.ts';

/** Bytes of a row that keep one statistic of one input, for all features that need it. */
export interface Region extends Place {
  /** Equal for regions that hold the same of the same, whatever their length and width. */
  readonly key: string;
  readonly input: Input;
  readonly accumulator: Accumulator;
}

/** How long a region must be for the longest of its needs, by key. */
export function longestOf(needs: Iterable<Need>): Map<string, Shape> {
  const longest = new Map<string, Shape>();
  for (const need of needs) {
    const key = keyOf(need);
    longest.set(key, longer(longest.get(key) ?? need.shape, need.shape));
  }
  return longest;
}

/** Lays out what is needed, one region for equal inputs and statistics, in the order of the keys; `longest` says how long each is. */
export function layRegions(needs: Iterable<Need>, longest: ReadonlyMap<string, Shape>): { regions: readonly Region[]; bytes: number } {
  const wanted = new Map([...needs].map((need) => [keyOf(need), need]));
  let at = 0;
  const regions = [...wanted].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, need]): Region => {
    const { input } = need;
    const shape = stretched(need.shape, longest.get(key)!);
    const accumulator = accumulatorOf(shape);
    const region = { key, at, input: shape.keep === 'recent' ? { ...input, as: 'type' as const } : input, shape, accumulator };
    at += accumulator.bytes;
    return region;
  });
  return { regions, bytes: at };
}

/** Names what a need keeps, without how long and how wide. Which events came last says when the newest did: both are one region. */
export function keyOf(need: Need): string {
  const { input: { event, field, where, as }, shape } = isNewest(need) ? lastTypes(need) : need;
  const condition = where && { field: where.field, ...(where.in && { in: where.in.toSorted() }) };
  const input = { event: [...new Set(event)].toSorted(), ...(field && { field }), ...(condition && { where: condition }), ...(as && { as }) };
  const { tiles: _tiles, width: _width, length: _length, ...rest } = { tiles: 0, width: 0, length: 0, cell: '', ...shape };
  return canonicalJson({ input, ...rest, cell: rest.cell === 'large-sum' ? 'sum' : rest.cell });
}

const isNewest = ({ shape, input: { where, as } }: Need): boolean => shape.keep === 'newest' && where === undefined && as === undefined;
const lastTypes = ({ input }: Need): Need => ({ input: { ...input, as: 'type' }, shape: { keep: 'recent', length: 1 } });

/** A shape of its own width with the length of another. */
function stretched(shape: Shape, long: Shape): Shape {
  if (shape.keep === 'tiles' && long.keep === 'tiles') return { ...shape, tiles: long.tiles };
  return long.keep === 'recent' ? long : shape;
}

function longer(a: Shape, b: Shape): Shape {
  if (a.keep === 'tiles' && b.keep === 'tiles') return b.tiles > a.tiles ? b : a;
  if (a.keep === 'recent' && b.keep === 'recent') return b.length > a.length ? b : a;
  return b.keep === 'recent' ? b : a;
}
