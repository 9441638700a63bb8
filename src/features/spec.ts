/** A feature, declared as data: what the fold keeps, what the vector shows, how a reason says it. */
export interface FeatureSpec {
  /** Snake case, unique, e.g. `web_visits_7d`. */
  name: string;
  entity: 'lead';
  kind: FeatureKind;
  /** Groups reasons, e.g. `intent`, `fit`, `engagement`, `history`. */
  theme: string;
  /**
   * A reason in words. `{n}` is the value as a person reads it; `{n visit|visits}` adds the word that fits the number.
   */
  sentence: string;
  /** The sentence when the value is missing, or reads as zero. */
  sentenceAbsent?: string;
  /** Seconds are told as a duration. */
  unit?: 'seconds';
  /** How categories are told whose name does not read well. */
  words?: Record<string, string>;
  /** The source whose freshness limit the value lives under, e.g. `salesforce`, `web`. */
  source: string;
  /** Which team answers for the declaration. */
  owner: string;
  privacy: 'plain' | 'coarsen';
}

/**
 * What a feature keeps of which events. `event` names catalogue types; `field` a field of their data. Windows and half-lives
 * in ms. Event time decides what is inside a window, first or latest; ties go by a hash of the event's source and id.
 */
export type FeatureKind =
  | { op: 'latest'; event: string[]; field: string; type: 'numeric' | 'categorical' }
  | { op: 'first'; event: string[]; field: string; type: 'numeric' | 'categorical' }
  | ({ op: 'count'; event: string[]; window: number } & Where)
  | ({ op: 'sum'; event: string[]; field: string; window: number } & Where)
  | ({ op: 'decayed'; event: string[]; halfLife: number } & Where)
  | ({ op: 'since'; event: string[] } & Where)
  | { op: 'calendar'; event: string[]; part: 'hour' | 'weekday' };

/** Narrows a kind to the events whose field holds one of these values. */
export interface Where {
  where?: { field: string; in: string[] };
}

/** How the model sees the value of a feature. */
export function valueType(kind: FeatureKind): 'numeric' | 'categorical' {
  if (kind.op === 'latest' || kind.op === 'first') return kind.type;
  return kind.op === 'calendar' && kind.part === 'weekday' ? 'categorical' : 'numeric';
}
