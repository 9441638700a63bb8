import { FOR, keyed, share } from './keyed.ts';
import type { Scene } from './scene.ts';

/** How a rep works; none of it is ever a feature. */
export interface Rep {
  /** Around 1: how soon a rep turns to a new lead. */
  readonly diligence: number;
  /** Log-odds. */
  readonly skill: number;
}

export function repOf({ seed, params }: Scene, index: number): Rep {
  const random = keyed(seed, FOR.rep, index);
  return { diligence: 0.6 + 0.8 * random.uniform(), skill: params.lead.skill * random.normal() };
}

/** Whether a rep is away in the week of a day. */
export const isAway = ({ seed }: Scene, index: number, day: number): boolean =>
  share(seed, FOR.absence, index, Math.floor((day + 3) / 7)) < 0.05;
