import { LEAD_FEATURES, OPPORTUNITY_FEATURES, parseFeatures, type FeatureSpec, type TargetName } from '../features/index.ts';
import { loadMapping } from '../mapping/index.ts';

const OF_THE_HOUSE: Readonly<Record<TargetName, readonly FeatureSpec[]>> = { lead: LEAD_FEATURES, opportunity: OPPORTUNITY_FEATURES };

/** The features of the house for a target, and those of a mapping file. Throws a Fault where a name is taken. */
export function featuresWith(mapping: string | undefined, target: TargetName = 'lead'): readonly FeatureSpec[] {
  const own = OF_THE_HOUSE[target];
  return mapping === undefined ? own : parseFeatures([...own, ...loadMapping(mapping).features.filter(({ entity }) => entity === target)]);
}
