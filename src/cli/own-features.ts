import { LEAD_FEATURES, parseFeatures, type FeatureSpec } from '../features/index.ts';
import { loadMapping } from '../mapping/index.ts';

/** The lead features of the house, and those of a mapping file. Throws a Fault where a name is taken. */
export function featuresWith(mapping: string | undefined): readonly FeatureSpec[] {
  if (mapping === undefined) return LEAD_FEATURES;
  return parseFeatures([...LEAD_FEATURES, ...loadMapping(mapping).features.filter(({ entity }) => entity === 'lead')]);
}
