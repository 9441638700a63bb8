import { decodeModel } from './codec.ts';
import { createScorer, type Scorer, type ScorerOptions } from './predict.ts';

/** A model's bytes (of `encodeModel`, or `trees.bin` of a bundle) ready to score. Throws a Fault for other bytes. */
export function load(bytes: Uint8Array, options?: ScorerOptions): Scorer {
  return createScorer(decodeModel(bytes), options);
}
