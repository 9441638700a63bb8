/** Of rows that each have a key below `count`: where those of a key would begin if they lay by key, and where the last would end. */
export function startsOf(keys: Int32Array, count: number): Int32Array {
  const starts = new Int32Array(count + 1);
  for (let i = 0; i < keys.length; i++) starts[keys[i]! + 1]! += 1;
  for (let key = 0; key < count; key++) starts[key + 1]! += starts[key]!;
  return starts;
}

/** The rows by their keys, those of one in their order; `starts` as of `startsOf`. */
export function layByKey(keys: Int32Array, starts: Int32Array, into: Int32Array): Int32Array {
  const next = starts.slice(); // where each key begins, and then where it ends
  for (let row = 0; row < keys.length; row++) into[next[keys[row]!]!++] = row;
  return into;
}
