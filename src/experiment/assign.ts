import { hash32 } from '../base/index.ts';

/** In `control` the rules answer, in `treatment` all that leadrank has. */
export type ArmName = 'control' | 'treatment';

/** Who is put into an arm as a whole. */
export const UNITS = ['team', 'rep', 'account'] as const;
export type Unit = (typeof UNITS)[number];

/** A field experiment as it is declared: which share of the units is answered by rules, and when. Times in ms. */
export interface ExperimentSpec {
  /** Stands in every decision. */
  readonly name: string;
  /** Of the units that are in the control arm, about. */
  readonly share: number;
  readonly unit: Unit;
  /** What units are drawn by: another one draws anew. */
  readonly salt: string;
  /** null: it has begun. */
  readonly from: number | null;
  /** null: until the declaration goes; at that moment it is over. */
  readonly until: number | null;
}

/**
 * The arm of a unit: drawn by a hash of its id, so that everybody who asks at any time finds the same. A team has the id of its manager: with another one
 * it is another unit, which may be in the other arm.
 */
export const armOf = ({ salt, share }: Pick<ExperimentSpec, 'salt' | 'share'>, unit: string): ArmName =>
  hash32(`${salt} ${unit}`) < share * 2 ** 32 ? 'control' : 'treatment';

/** Whether it is on at a time. */
export const isOn = ({ from, until }: Pick<ExperimentSpec, 'from' | 'until'>, time: number): boolean =>
  (from === null || time >= from) && (until === null || time < until);
