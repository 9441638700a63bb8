import { segmentQuantiles, type SegmentQuantiles } from '../bundle/index.ts';
import type { Dataset } from '../trees/index.ts';
import type { Unseen } from './unseen.ts';

/** The features in whose segments grades may be given, where nobody says which: those of them that a model has. */
export const GRADED_BY: readonly string[] = ['record_type', 'region', 'country', 'lead_source', 'deal_type'];

/** Segments that are kept of one feature, the largest first. */
const MOST = 50;
/** Records that a segment needs: its quantiles tell no more of anyone than one in so many. */
const FEWEST = 200;

/** Rows whose raw is known, and which of them are of one record. */
export interface Standings extends Unseen {
  readonly data: Dataset;
  /** One number a record; without it each row is one. */
  readonly groups?: Int32Array | undefined;
}

/**
 * How held-out raw lies by the value of each of the features that the table has as categories, in segments of at least `fewest`
 * records; of a smaller one nothing is kept, and grades in it go by all records. Features without such a segment are left out.
 */
export function segmentsOf({ rows, raw, data, groups }: Standings, features: readonly string[], fewest = FEWEST): SegmentQuantiles[] {
  return features.flatMap((feature) => {
    const column = data.columns.find(({ name }) => name === feature);
    if (column?.kind !== 'categorical') return [];
    const members = Map.groupBy(rows.keys(), (at) => column.codes[rows[at]!]!);
    members.delete(-1);
    const sized = [...members].map(([code, of]) => ({ value: column.levels[code]!, of, records: new Set(of.map((at) => groups?.[rows[at]!] ?? rows[at]!)).size }));
    const kept = sized.filter(({ records }) => records >= fewest).toSorted((a, b) => b.records - a.records || (a.value < b.value ? -1 : 1)).slice(0, MOST);
    if (kept.length === 0) return [];
    return [{ feature, fewest, quantiles: new Map(kept.map(({ value, of }) => [value, segmentQuantiles(Float64Array.from(of, (at) => raw[at]!))])) }];
  });
}
