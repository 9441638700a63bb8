import type { Value } from '../trees/index.ts';
import type { Reason } from './assessment.ts';
import type { Effect } from './reasons.ts';

/** Fewer features than this share, or than this many, that say something: too few to go by. */
const SHARE = 0.1;
const LEAST = 3;

/** A reason that says that there is not enough data, for a record of which hardly any feature says something. It has no effect of its own. */
export function thinness(effects: readonly Effect[]): Reason[] {
  const told = effects.reduce((count, effect) => count + Number(tells(effect)), 0);
  if (told >= Math.min(LEAST, effects.length / 2) && told >= SHARE * effects.length) return [];
  const sentence = `not enough data: ${told} of ${effects.length} things that the model asks about are known`;
  return [{ theme: 'evidence', direction: 'against', sentence, effect: 0 }];
}

/** Missing says nothing, and of what is counted nor does none. */
function tells({ about, value }: Effect): boolean {
  return isKnown(value ?? null) && (about === null || about === undefined || about.family !== 'how much' || value !== 0);
}

const isKnown = (value: Value): boolean => value !== null && value !== '' && value === value;
