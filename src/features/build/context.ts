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
  /** The log's. */
  readonly epoch: number;
}

/** Where the entries of a table lie that a bucket made. */
export const runOf = (scratch: string, bucket: number, table: string): string => join(scratch, `${table}-${bucket}`);

/** Where the rows lie of those who are folded in another bucket than their own. */
export const movedFrom = (scratch: string, from: number, to: number): string => join(scratch, `moved-${from}-${to}`);
