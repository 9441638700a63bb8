import { DAY } from '../base/index.ts';
import type { FeatureKind, FeatureSpec, Where } from './spec.ts';

/** What a declaration says beside its kind. */
export type Telling = Pick<FeatureSpec, 'theme' | 'sentence' | 'sentenceAbsent' | 'unit' | 'words' | 'source'> & Partial<Pick<FeatureSpec, 'owner' | 'privacy'>>;

type Condition = Where['where'];
const narrowed = (where: Condition): Where => (where === undefined ? {} : { where });

/** A lead feature: `feature('web_visits_7d', count(['web.visited'], 7), { … })`. */
export function feature(name: string, kind: FeatureKind, telling: Telling): FeatureSpec {
  return { name, entity: 'lead', kind, owner: 'revops', privacy: 'plain', ...telling };
}

/** The newest value of a field that holds a number. */
export const latestNumber = (event: string[], field: string): FeatureKind => ({ op: 'latest', event, field, type: 'numeric' });

/** The newest value of a field that holds a category. */
export const latestCategory = (event: string[], field: string): FeatureKind => ({ op: 'latest', event, field, type: 'categorical' });

/** The oldest value of a field that holds a category. */
export const firstCategory = (event: string[], field: string): FeatureKind => ({ op: 'first', event, field, type: 'categorical' });

/** How many events in the last days. */
export const count = (event: string[], days: number, where?: Condition): FeatureKind => ({
  op: 'count', event, window: days * DAY, ...narrowed(where),
});

/** The sum of a field over the last days. */
export const sum = (event: string[], field: string, days: number, where?: Condition): FeatureKind => ({
  op: 'sum', event, field, window: days * DAY, ...narrowed(where),
});

/** Events, each counting half as much after every `halfLifeDays`. */
export const decayed = (event: string[], halfLifeDays: number, where?: Condition): FeatureKind => ({
  op: 'decayed', event, halfLife: halfLifeDays * DAY, ...narrowed(where),
});

/** Days since the newest event. */
export const since = (event: string[], where?: Condition): FeatureKind => ({ op: 'since', event, ...narrowed(where) });

/** The hour or weekday of the first event, UTC. */
export const calendar = (event: string[], part: 'hour' | 'weekday'): FeatureKind => ({ op: 'calendar', event, part });
