import type { Random } from '../../base/index.ts';
import type { Choices } from './params.ts';

export interface Chosen {
  /** Null where the value was not recorded. */
  readonly name: string | null;
  /** Log-odds. */
  readonly effect: number;
}

/** One of the choices, by weight. */
export function choose(random: Random, choices: Choices): Chosen {
  const entries = Object.entries(choices);
  let left = random.uniform() * entries.reduce((sum, [, [weight]]) => sum + weight, 0);
  const [name, [, effect]] = entries.find(([, [weight]]) => (left -= weight) < 0) ?? entries.at(-1)!;
  return { name: name === '' ? null : name, effect };
}
