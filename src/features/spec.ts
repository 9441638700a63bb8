/** A feature, declared as data: what the fold keeps, what the vector shows, how a reason says it. */
export interface FeatureSpec {
  /** Snake case, unique, e.g. `web_visits_7d`. */
  name: string;
  entity: 'lead';
  kind: FeatureKind;
  /** Groups reasons, e.g. `intent`, `fit`, `engagement`, `history`. */
  theme: string;
  /** A reason in words; `{n}` is the value as a person would read it. Two forms where the meaning of 0 or missing differs. */
  sentence: string;
  /** The sentence when the value is missing or zero. */
  sentenceAbsent?: string;
  /** The source whose freshness limit the value lives under, e.g. `salesforce`, `web`. */
  source: string;
  /** Which team answers for the declaration. */
  owner: string;
  privacy: 'plain' | 'coarsen';
}

/** Window lengths in ms. `event` names catalogue types; `field` a field of their data. */
export type FeatureKind =
  | { op: 'latest'; event: string[]; field: string; type: 'numeric' | 'categorical' }
  | { op: 'first'; event: string[]; field: string; type: 'numeric' | 'categorical' }
  | { op: 'count'; event: string[]; window: number }
  | { op: 'sum'; event: string[]; field: string; window: number }
  | { op: 'decayed'; event: string[]; halfLife: number }
  | { op: 'since'; event: string[] }
  | { op: 'calendar'; event: string[]; part: 'hour' | 'weekday' };
