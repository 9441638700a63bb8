import { join } from 'node:path';
import type { FeatureSpec } from '../spec.ts';
import type { BuildSource } from './source.ts';
import type { Survey } from './survey.ts';

/** What every part of building a state works on. */
export interface BuildContext {
  readonly source: BuildSource;
  readonly features: readonly FeatureSpec[];
  /** Where parts of the work lie. */
  readonly scratch: string;
  readonly survey: Survey;
  /** Into how many shards each bucket is cut. */
  readonly shares: number;
  /** Events of about so many are folded over one store: nothing outlasts them but what is laid down. */
  readonly eventsASlice: number;
  /** About so much of what is laid down is held in memory, bytes. */
  readonly bytesHeld: number;
  /** The log's. */
  readonly epoch: number;
}

/** Where the nth part of the entries of a table lies that a shard made. */
export const runOf = (scratch: string, shard: number, table: string, nth: number): string => join(scratch, `${table}-${shard}-${nth}`);

/** Where a piece of the rows of a bucket lies that are folded in a shard. */
export const movedFrom = (scratch: string, bucket: number, shard: number, piece: number): string => join(scratch, `moved-${bucket}-${shard}-${piece}`);
