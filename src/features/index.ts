export type { FeatureKind, FeatureSpec } from './spec.ts';
