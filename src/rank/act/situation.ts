import type { Value } from '../../trees/index.ts';
import type { Grade, RecordFacts } from '../assessment.ts';

/** What an action is chosen from: one record at one moment. */
export interface Situation extends RecordFacts {
  readonly subject: string;
  /** ms */
  readonly now: number;
  readonly grade: Grade;
  /** What the outcome is worth; null where that is not known. */
  readonly amount: number | null;
  /** The value of a feature; null where it is missing, or not kept. */
  readonly feature: (name: string) => Value;
}

export interface SituationParts extends RecordFacts {
  readonly subject: string;
  readonly now: number;
  readonly grade: Grade;
  readonly amount: number | null;
  /** Names the entries of `vector`. */
  readonly columns: readonly string[];
  readonly vector: readonly Value[];
}

export function situationOf({ subject, created, lastTouch, lastEvent, now, grade, amount, columns, vector }: SituationParts): Situation {
  const places = placesOf(columns);
  const feature = (name: string): Value => {
    const value = vector[places.get(name) ?? -1] ?? null;
    return value === value ? value : null;
  };
  return { subject, created, lastTouch, lastEvent, now, grade, amount, feature };
}

/** A feature that counts: what is missing counts as none. */
export function countOf({ feature }: Situation, name: string): number {
  const value = feature(name);
  return typeof value === 'number' ? value : 0;
}

const known = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

function placesOf(columns: readonly string[]): ReadonlyMap<string, number> {
  let places = known.get(columns);
  if (places === undefined) known.set(columns, (places = new Map(columns.map((name, at) => [name, at]))));
  return places;
}
