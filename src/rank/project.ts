import { Fault } from '../base/index.ts';
import type { Value } from '../trees/index.ts';

/**
 * Picks a model's inputs out of a wider vector; the places are looked up once for each list of columns. What it gives throws a
 * Fault of kind `conflict` for a column that is not there.
 */
export function projector(needed: readonly string[]): (columns: readonly string[], vector: readonly Value[]) => Value[] {
  const known = new WeakMap<readonly string[], readonly number[]>();
  return (columns, vector) => {
    let places = known.get(columns);
    if (places === undefined) {
      places = needed.map((name) => place(name, columns));
      known.set(columns, places);
    }
    return places.map((at) => vector[at] ?? null);
  };
}

function place(name: string, columns: readonly string[]): number {
  const at = columns.indexOf(name);
  if (at >= 0) return at;
  throw new Fault({
    kind: 'conflict',
    value: name,
    rule: 'is needed by the model and is not kept by this node',
    remedy: 'rebuild the state with the features of the bundle',
  });
}
