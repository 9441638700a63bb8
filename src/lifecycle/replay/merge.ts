/** Rows of two numbers each, from `from` to before `to`, with where they come from: what `mergeRuns` puts into order. */
export interface Listed {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly senders: Uint16Array;
  readonly places: Uint32Array;
}

/**
 * Sorts the rows from `from` to before `to` by their first number, then the second; equal ones keep their order. A natural merge
 * sort: runs that are in order already, as of one sender's records, are merged two by two, and one run alone is left as it is.
 * `spare` is room for as many rows.
 */
export function mergeRuns(list: Listed, spare: Listed, from: number, to: number): void {
  const bounds = runsOf(list, from, to);
  let source = list;
  let target = spare;
  while (bounds.length > 2) {
    let kept = 1;
    for (let i = 0; i + 1 < bounds.length; i += 2) {
      const end = bounds[i + 2] ?? bounds[i + 1]!;
      mergeTwo(source, target, { from: bounds[i]!, middle: bounds[i + 1]!, to: end });
      bounds[kept++] = end;
    }
    bounds.length = kept;
    [source, target] = [target, source];
  }
  if (source === list) return;
  for (const name of ['first', 'second', 'senders', 'places'] as const) list[name].set(source[name].subarray(from, to), from);
}

/** Where runs begin that are in order, and where the last ends. */
function runsOf({ first, second }: Listed, from: number, to: number): number[] {
  const bounds = [from];
  for (let i = from + 1; i < to; i++) {
    if (first[i]! < first[i - 1]! || (first[i] === first[i - 1] && second[i]! < second[i - 1]!)) bounds.push(i);
  }
  bounds.push(to);
  return bounds;
}

function mergeTwo(source: Listed, target: Listed, { from, middle, to }: { from: number; middle: number; to: number }): void {
  const { first, second } = source;
  let left = from;
  let right = middle;
  for (let at = from; at < to; at++) {
    const takesLeft = left < middle && (right >= to || first[left]! < first[right]! || (first[left] === first[right] && second[left]! <= second[right]!));
    const taken = takesLeft ? left++ : right++;
    target.first[at] = first[taken]!;
    target.second[at] = second[taken]!;
    target.senders[at] = source.senders[taken]!;
    target.places[at] = source.places[taken]!;
  }
}
