import type { FeatureSpec } from '../../features/index.ts';
import type { SampleHeads } from './sink.ts';
import type { SampleValues } from './values.ts';
import type { Words } from './words.ts';

/** One feature over all samples. */
export interface SampleColumn {
  readonly feature: FeatureSpec;
  readonly values: SampleValues;
  readonly words: Words | undefined;
}

/** Samples as they were replayed: ordered by time, then subject. Times in ms. */
export interface SampleTable extends SampleHeads {
  readonly count: number;
  readonly names: readonly string[];
  readonly columns: readonly SampleColumn[];
  /** Events that were replayed record by record. */
  readonly events: number;
}

/** Some samples in the order of `orderOf`, whole, with the names of their subjects. */
export interface Slice extends SampleHeads {
  readonly names: readonly string[];
  /** Column by column, in the order of the wanted features: values in 32 bits as of `bitsOf`. */
  readonly bits: Uint32Array<ArrayBuffer>;
}
