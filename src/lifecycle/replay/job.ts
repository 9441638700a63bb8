import { HOUR } from '../../base/index.ts';
import type { SampleTable } from './sample-table.ts';
import type { EncodedSamples } from './encode.ts';
import type { SamplePlan } from './plan.ts';
import type { Readings } from './readings.ts';
import type { Pile } from './scatter-events.ts';
import type { ReplaySource } from './source.ts';

/** What is told of who is tied together by the events of a bucket. */
export interface KinSummary {
  /** Whether it has visitors that are tied to one other alone. */
  readonly hasLeaves: boolean;
  /** The pairs of all others, as of `identityOf`, one behind the other. */
  readonly ties: Float64Array<ArrayBuffer>;
}

/** What every part of a replay works on. */
export interface JobContext {
  readonly source: ReplaySource;
  readonly plan: SamplePlan;
  readonly readings: Readings;
  /** In how many parts records are dealt with, one by one. */
  readonly senders: number;
  /** In how many parts those are dealt with that records are linked to. */
  readonly parts: number;
}

/** A bucket as a part of a replay deals with it. */
export interface Bucket {
  readonly bucket: number;
  /** What came from other buckets, by where it is dealt with, as of `placeIn`. */
  readonly came: readonly Pile[];
}

/** Of the records of a bucket every `of`-th, by hash: those of the number `nth`. */
export interface Share {
  readonly nth: number;
  readonly of: number;
  /** Where the events of the bucket lie by share, if it is cut. */
  readonly pile?: Pile;
}

/** A part of a replay that a thread does by itself; what it makes lies in the scratch. */
export type Job =
  | { readonly kind: 'kin' | 'move' | 'split'; readonly bucket: number }
  | { readonly kind: 'members'; readonly sender: number; readonly buckets: readonly Bucket[]; readonly share: Share }
  | { readonly kind: 'containers'; readonly part: number }
  /** `bounds` are the times at which slices begin, ms, and the end of the last. */
  | { readonly kind: 'finish'; readonly sender: number; readonly bounds: readonly number[] }
  | { readonly kind: 'slice'; readonly slice: number; readonly said: Said; readonly as: 'table' | 'file' };

/** In what steps samples are counted, ms: slices of time begin and end with one. */
export const GRAIN = 3 * HOUR;

/** What is told of samples that lie in the scratch. */
export interface MemberSummary extends Said {
  /** Each `GRAIN` of time into which samples fall, counted from 1970, and how many. */
  readonly grains: { readonly numbers: Int32Array; readonly counts: Int32Array };
}

/** What all samples share. */
export interface Said {
  /** The words of each field whose codes may stand in a column. */
  readonly words: ReadonlyMap<string, readonly string[]>;
  /** When each source first made something known, ms. */
  readonly firstKnown: ReadonlyMap<string, number>;
  /** Rows that were read. */
  readonly events: number;
}

export interface JobResult {
  readonly kin?: KinSummary;
  /** What left a bucket, or was split. */
  readonly pile?: Pile;
  readonly members?: MemberSummary;
  readonly table?: SampleTable;
  readonly encoded?: EncodedSamples;
}
