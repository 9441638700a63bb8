import { canonicalJson } from '../base/index.ts';
import { corrupt, parseJson } from './faults.ts';
import { SEGMENT_QUANTILES, type SegmentQuantiles } from './segments.ts';

/** The file of a bundle that holds the quantiles of its segments. */
export const SEGMENTS = 'segments.json';

/** A list of `{ feature, fewest, segments: [[value, quantiles], …] }`, the values in order. */
export function encodeSegments(all: readonly SegmentQuantiles[]): Uint8Array {
  const said = all.map(({ feature, fewest, quantiles }) => ({
    feature,
    fewest,
    segments: [...quantiles].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([value, numbers]) => [value, [...numbers]]),
  }));
  return new TextEncoder().encode(canonicalJson(said));
}

/** What the file says, given the names of the bundle's inputs. Throws a Fault `corrupt` for what makes no sense. */
export function decodeSegments(bytes: Uint8Array, inputs: ReadonlySet<string>): SegmentQuantiles[] {
  return list(parseJson(SEGMENTS, bytes)).map((one) => {
    const { feature, fewest, segments } = (one ?? {}) as Record<string, unknown>;
    if (typeof feature !== 'string' || !inputs.has(feature) || typeof fewest !== 'number' || !(fewest >= 1)) throw nonsense();
    const quantiles = new Map(list(segments).map(segmentOf));
    if (quantiles.size !== list(segments).length) throw nonsense();
    return { feature, fewest, quantiles };
  });
}

function segmentOf(pair: unknown): [value: string, quantiles: Float64Array] {
  const [value, numbers, ...more] = list(pair);
  const found = list(numbers);
  const isAscending = found.every((number, at) => Number.isFinite(number) && (at === 0 || (number as number) >= (found[at - 1] as number)));
  if (typeof value !== 'string' || more.length > 0 || found.length === 0 || found.length > SEGMENT_QUANTILES || !isAscending) throw nonsense();
  return [value, Float64Array.from(found as number[])];
}

function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  throw nonsense();
}

const nonsense = () => corrupt(SEGMENTS, 'it does not say how scores lie in segments');
