import { inputFault } from '../base/index.ts';
import { LEAD_FEATURES, OPPORTUNITY_FEATURES, parseFeatures, type FeatureSpec } from '../features/index.ts';
import { loadMapping } from '../mapping/index.ts';

const HOUSE = { lead: LEAD_FEATURES, opportunity: OPPORTUNITY_FEATURES } as const;

/** The features of the house for what is ranked, and those of a mapping file. Throws a Fault where a name is taken. */
export function featuresWith(mapping: string | undefined, ranked: keyof typeof HOUSE = 'lead'): readonly FeatureSpec[] {
  if (mapping === undefined) return HOUSE[ranked];
  const own = loadMapping(mapping).features.filter(({ entity }) => entity === ranked);
  const taken = own.find(({ name }) => HOUSE[ranked].some((feature) => feature.name === name));
  if (taken !== undefined) throw inputFault(`${mapping}: features.${taken.name}`, `is the name of a feature of the house for a ${ranked}`, 'give it another');
  return parseFeatures([...HOUSE[ranked], ...own]);
}
