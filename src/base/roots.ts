/**
 * Who belongs together: of each of `count` things, by number, one that stands for all that it is tied to (union-find with path halving).
 * `ties` are pairs, number and number one after the other; of a pair the first one's stands for both.
 */
export function rootsOf(count: number, ties: ArrayLike<number>): Int32Array {
  const root = Int32Array.from({ length: count }, (_, i) => i);
  const find = (thing: number): number => {
    let at = thing;
    while (root[at] !== at) at = root[at] = root[root[at]!]!;
    return at;
  };
  for (let i = 0; i < ties.length; i += 2) root[find(ties[i + 1]!)] = find(ties[i]!);
  for (let thing = 0; thing < count; thing++) root[thing] = find(thing);
  return root;
}
