import type { Decision } from '../audit/index.ts';
import type { Reason } from '../rank/index.ts';

/** The most that is told: for, and against. */
const MOST = { for: 3, against: 2 } as const;

type Reasoned = Pick<Decision, 'reasons' | 'placement'>;

/** Why a decision came out so: the reasons of its score, and in a list those of its place. */
export const reasonsOf = ({ reasons, placement }: Reasoned): Reason[] => [...reasons, ...(placement?.reasons ?? [])];

/**
 * What is told of them: up to three that speak for the record, then up to two against, the strongest first. Points of rules and the logarithms of
 * a place are on two scales, so where rules answer the reasons of the place keep their room, and stand behind those of the points. That a place was
 * given, by a pin or by lot, is told before all of them.
 */
export function toldReasons(decision: Reasoned & Pick<Decision, 'level'>): Reason[] {
  const given = (decision.placement?.reasons ?? []).filter(isGiven);
  return [...given, ...toldOf(decision, 'for'), ...toldOf(decision, 'against')];
}

const isGiven = ({ theme }: Reason): boolean => theme === 'place';

function toldOf({ level, reasons, placement }: Reasoned & Pick<Decision, 'level'>, direction: Reason['direction']): Reason[] {
  const of = (all: readonly Reason[]): Reason[] => all.filter((one) => one.direction === direction).toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  const most = MOST[direction];
  const place = of((placement?.reasons ?? []).filter((one) => !isGiven(one)));
  if (level === 'L3') return [...of(reasons).slice(0, Math.max(0, most - place.length)), ...place].slice(0, most);
  return of([...reasons, ...place]).slice(0, most);
}
