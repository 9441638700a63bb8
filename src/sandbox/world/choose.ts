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
  const { sum, entries } = tableOf(choices);
  let left = random.uniform() * sum;
  return (entries.find(({ weight }) => (left -= weight) < 0) ?? entries.at(-1)!).chosen;
}

interface Table {
  readonly sum: number;
  readonly entries: readonly { readonly weight: number; readonly chosen: Chosen }[];
}

const tables = new WeakMap<Choices, Table>();

function tableOf(choices: Choices): Table {
  const known = tables.get(choices);
  if (known !== undefined) return known;
  const entries = Object.entries(choices).map(([name, [weight, effect]]) => ({ weight, chosen: { name: name === '' ? null : name, effect } }));
  const table = { sum: entries.reduce((sum, { weight }) => sum + weight, 0), entries };
  tables.set(choices, table);
  return table;
}
