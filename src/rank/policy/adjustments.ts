import type { Condition } from '../../rules/index.ts';

/**
 * What changes the order of a list, in the stages in which it acts: a filter leaves records out, a factor multiplies their
 * priority, an order decides between those that are equal or nearly so, a selection bounds who is on the list, and a
 * placing gives places. A policy declares them in this order; within the factors any order will do.
 */
export const STAGES = {
  fatigue: 'filter',
  absence: 'filter',
  deadline: 'factor',
  freshness: 'factor',
  rest: 'factor',
  promise: 'factor',
  feedback: 'factor',
  weights: 'factor',
  fairness: 'order',
  steady: 'order',
  diversity: 'select',
  exploration: 'place',
  capacity: 'place',
  pins: 'place',
} as const;

export type AdjustmentName = keyof typeof STAGES;
export const ADJUSTMENT_NAMES = Object.keys(STAGES) as AdjustmentName[];

/** One adjustment as it is declared. Spans in ms, factors from 0.1 to 10. */
export type AdjustmentSpec =
  /** Left out: contacted `most` times or more, by this feature, and silent since. */
  | { readonly name: 'fatigue'; readonly feature: string; readonly most: number }
  /** Of a colleague who is away, a list has only what cannot wait. */
  | { readonly name: 'absence' }
  /**
   * Speed to lead: a record that nobody has touched is due `within` working time of coming in. Its priority is times `lift`
   * until then, times `rush` in the last `near` of it, and from there falls evenly to none at `lost`.
   */
  | {
      readonly name: 'deadline';
      readonly within: number;
      readonly near: number;
      readonly lost: number;
      readonly lift: number;
      readonly rush: number;
    }
  /** Something happened since the rep's last contact: times `lift`, falling evenly to none at the end of `within`. */
  | Fading<'freshness'>
  /** Just contacted and silent since: times `lift`, which is below 1, rising evenly to none at the end of `within`. */
  | Fading<'rest'>
  /**
   * What was promised or planned for the record is due within `near`: times `lift`; overdue, falling evenly to none at `missed` after. A
   * contact after it was said, from `near` before it is due on, was that.
   */
  | { readonly name: 'promise'; readonly near: number; readonly missed: number; readonly lift: number }
  /**
   * What the rep said of it within `within`: taken on and not touched since, times `accepted`; a reason of it disputed, times `disputed`,
   * which is below 1, or divided by that where the rep says that it is ranked too low.
   */
  | { readonly name: 'feedback'; readonly within: number; readonly accepted: number; readonly disputed: number }
  /** What RevOps wants sooner or later: the factor of every rule whose conditions hold. */
  | { readonly name: 'weights'; readonly rules: readonly WeightRule[] }
  /** Records whose priorities differ by no more than this share take turns from day to day. */
  | { readonly name: 'fairness'; readonly tolerance: number }
  /** During a day a record passes another of the last list only where its priority is greater by more than this share. */
  | { readonly name: 'steady'; readonly margin: number }
  /** At most this many records of one account. */
  | { readonly name: 'diversity'; readonly most: number }
  /** Every so many places one goes to a record drawn evenly from all that stand below. */
  | { readonly name: 'exploration'; readonly every: number }
  /** A record takes this long: what is due today goes into the part of the list for which there is time today. */
  | { readonly name: 'capacity'; readonly each: number }
  /** What RevOps wants at a place. */
  | { readonly name: 'pins'; readonly rules: readonly PinRule[] };

interface Fading<Name extends string> {
  readonly name: Name;
  readonly within: number;
  readonly lift: number;
}

export interface WeightRule {
  readonly id: string;
  readonly when: readonly Condition[];
  readonly factor: number;
}

export interface PinRule {
  readonly id: string;
  readonly when: readonly Condition[];
  /** The first place that it asks for, from 1. */
  readonly place: number;
  /** The most records that it pins, the best first. */
  readonly most: number;
  /** Until when it holds, ms; null: for ever. */
  readonly until: number | null;
}

/** An adjustment of one name. */
export type SpecOf<Name extends AdjustmentName> = Extract<AdjustmentSpec, { name: Name }>;
