import { inputFault } from '../base/index.ts';
import { LEAD_FEATURES, OPPORTUNITY_FEATURES, parseFeatures, TARGETS, type FeatureSpec } from '../features/index.ts';
import { loadMapping, readElsewhere } from '../mapping/index.ts';

const HOUSE = { lead: LEAD_FEATURES, opportunity: OPPORTUNITY_FEATURES } as const;
const RANKED = { lead: 'leads', opportunity: 'opportunities' } as const;

/** The features of the house for what is ranked, and those of a mapping file. Throws a Fault where a name is taken. */
export function featuresWith(mapping: string | undefined, ranked: keyof typeof HOUSE = 'lead'): readonly FeatureSpec[] {
  if (mapping === undefined) return HOUSE[ranked];
  const own = loadMapping(mapping).features.filter(({ entity }) => entity === ranked);
  const taken = own.find(({ name }) => HOUSE[ranked].some((feature) => feature.name === name));
  if (taken !== undefined) throw inputFault(`${mapping}: features.${taken.name}`, `is the name of a feature of the house for ${RANKED[ranked]}`, 'give it another');
  return parseFeatures([...HOUSE[ranked], ...own]);
}

/** What is to be known of the features of a mapping file before anything is imported. Throws a Fault for one that a training would refuse. */
export function featureNotes(mapping: string): string[] {
  for (const target of TARGETS) featuresWith(mapping, target);
  return readElsewhere(loadMapping(mapping)).map(
    ({ feature, field, events }) => `features.${feature} reads ${field} of ${events.join(' and ')}, which no object of this mapping tells: it stays empty unless another source does`,
  );
}
