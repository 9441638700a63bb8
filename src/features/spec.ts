/**
 * What has a row of state. `owner` is a team of reps, never a rep: it tells of load and response alone. A `visitor` has no
 * features: what it did waits for the link that tells whose it was.
 */
export const ENTITIES = ['lead', 'opportunity', 'contact', 'account', 'campaign', 'owner', 'visitor'] as const;
export type Entity = (typeof ENTITIES)[number];

/** A feature, declared as data: what the fold keeps, what the vector shows, how a reason says it. */
export interface FeatureSpec {
  /** Snake case, unique, e.g. `web_visits_7d`. */
  name: string;
  entity: Entity;
  kind: FeatureKind;
  /** Groups reasons, e.g. `intent`, `fit`, `engagement`, `history`. */
  theme: string;
  /**
   * A reason in words. `{n}` is the value as a person reads it; `{n visit|visits}` adds the word that fits the number.
   */
  sentence: string;
  /** The sentence when the value is missing, or reads as zero. */
  sentenceAbsent?: string;
  /** Seconds and days are told as a duration, a date as one before or after today, shares in hundredths. Kinds that are in days need none. */
  unit?: 'seconds' | 'days' | 'date' | 'share';
  /** How categories are told whose name does not read well. */
  words?: Record<string, string>;
  /** The source whose freshness limit the value lives under, e.g. `salesforce`, `web`. */
  source: string;
  /** Which team answers for the declaration. */
  owner: string;
  privacy: 'plain' | 'coarsen';
}

/**
 * What a feature keeps of which events. `event` names catalogue types; `field` a field of their data. Windows, tiles and
 * half-lives in ms. Event time decides what is inside a window, first or latest; ties go by a hash of the event's source and id.
 * Rows of daily files are told apart by their day: `daily`, and `until` with `as: 'day'`.
 * A window is a whole number of tiles; without a tile it has one that suits its length.
 */
export type FeatureKind =
  | Held<'latest'>
  | Held<'first'>
  | ({ op: 'count'; event: string[]; window?: number; tile?: number } & Where)
  | Windowed<'sum'>
  | Windowed<'mean'>
  | Windowed<'max'>
  | Windowed<'min'>
  | Windowed<'distinct'>
  | Windowed<'fallen'>
  | ({ op: 'decayed'; event: string[]; halfLife: number } & Where)
  | ({ op: 'since'; event: string[] } & Where)
  | ({ op: 'until'; event: string[]; field: string; as?: 'day' } & Where)
  | ({ op: 'elapsed'; event: string[]; after: string[] } & Where)
  | ({ op: 'trend'; event: string[]; short: number; long: number; tile?: number } & Where)
  | ({ op: 'ratio'; event: string[]; of: string[]; window: number; tile?: number; whereOf?: Condition } & Where)
  | ({ op: 'change'; event: string[]; field: string } & Where)
  | ({ op: 'standing'; event: string[]; less: string[]; whereLess?: Condition } & Where)
  | { op: 'sequence'; event: string[]; place: number }
  | { op: 'daily'; event: string[]; field: string; type: 'numeric' | 'categorical'; read: 'value' | 'age'; limit?: number }
  | { op: 'calendar'; event: string[]; part: 'hour' | 'weekday' | 'quarter_day'; zone?: string; of?: 'first' | 'now' }
  | { op: 'local_time'; event: string[]; field: string }
  | Cross;

/**
 * The same kind, read from the row of another entity that the record is linked to; what members of that entity do counts there.
 * `others` leaves out the record's own part.
 */
export interface Cross {
  op: 'cross';
  entity: Entity;
  kind: OwnKind;
  count?: 'all' | 'others';
}

export type OwnKind = Exclude<FeatureKind, { op: 'cross' }>;
/** The declaration of one operation. */
export type KindOf<Op extends FeatureKind['op']> = Extract<FeatureKind, { op: Op }>;

type Held<Op extends string> = { op: Op; event: string[]; field: string; type: 'numeric' | 'categorical' } & Where;
type Windowed<Op extends string> = { op: Op; event: string[]; field: string; window: number; tile?: number } & Where;

/** Narrows a kind to the events that carry the field and, where `in` is given, with one of these values. */
export interface Condition {
  field: string;
  in?: string[];
}

export interface Where {
  where?: Condition;
}

/** How the model sees the value of a feature. */
export function valueType(kind: FeatureKind): 'numeric' | 'categorical' {
  switch (kind.op) {
    case 'latest':
    case 'first':
      return kind.type;
    case 'daily':
      return kind.read === 'value' ? kind.type : 'numeric';
    case 'calendar':
      return kind.part === 'weekday' ? 'categorical' : 'numeric';
    case 'sequence':
      return 'categorical';
    case 'cross':
      return valueType(kind.kind);
    default:
      return 'numeric';
  }
}
