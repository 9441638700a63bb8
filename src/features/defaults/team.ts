import { count, from, inTiles, mean, of, standing } from '../builder.ts';
import type { Entity, FeatureSpec } from '../spec.ts';
import { LEAD_ENDS, TOUCHES } from './events.ts';

/** How busy the team of the owner is, for each rep of a team of at least five: nothing of who, or how well. */
export function teamLoad(entity: Entity): FeatureSpec[] {
  const feature = of(entity);
  const team = { theme: 'team', source: 'salesforce', privacy: 'coarsen' as const };
  return [
    feature('team_open_leads', from('owner', standing(['lead.created', 'lead.reopened'], LEAD_ENDS)), {
      ...team, sentence: '{n open lead|open leads} for each rep of the team', sentenceAbsent: 'the team’s load is not known, or it has none',
    }),
    feature('team_new_leads_7d', from('owner', count(['lead.created'], 7)), {
      ...team, sentence: '{n new lead|new leads} for each rep of the team in the last 7 days', sentenceAbsent: 'hardly any new lead in the team in the last 7 days',
    }),
    feature('team_touches_7d', from('owner', count(TOUCHES, 7)), {
      ...team, sentence: '{n contact|contacts} by each rep of the team in the last 7 days', sentenceAbsent: 'hardly any contact by the team in the last 7 days',
    }),
    feature('team_response', from('owner', inTiles(30, mean(['sla.met'], 'seconds', 30))), {
      ...team, unit: 'seconds', sentence: 'the team calls back after {n}', sentenceAbsent: 'how soon the team calls back is not known',
    }),
  ];
}
