import { canonicalJson, contentId } from '../base/index.ts';
import { catalogue as standard } from '../events/index.ts';
import { compileFolds, type Folds } from './folds.ts';
import { HEADER_BYTES } from './header.ts';
import { ENTITIES, type FeatureSpec } from './spec.ts';

/** Raised when the bytes of a row, or the members of a list, change their meaning. */
export const LAYOUT_FORMAT = 8;

/** Names the bytes of rows by what they keep: equal for two feature sets whose rows are interchangeable. */
export function layoutOf(folds: Folds): string {
  const kept = ENTITIES.map((entity) => folds.of(entity).regions.map(({ key, shape }) => ({ key, shape })));
  return contentId(canonicalJson({ format: LAYOUT_FORMAT, header: HEADER_BYTES, kept }));
}

/** The layout of a feature set, without the folds. */
export const layoutHash = (features: readonly FeatureSpec[]): string => layoutOf(compileFolds(features, { catalogue: standard }));
