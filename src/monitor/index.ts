export { type Outcome } from './outcome.ts';
export { type RecomputeOptions } from './recompute.ts';
export { sampled } from './sampled.ts';
export { measureSkew, type Skew } from './skew.ts';
export { type Example, type FeatureSkew, type Tally } from './tally.ts';
export { type LiveVector } from './vectors.ts';
