/** Rows that are put into order by two numbers, with where they come from. */
export interface Timed {
  readonly times: Float64Array;
  readonly offsets: Float64Array;
  readonly senders: Uint16Array;
  readonly places: Uint32Array;
}

export const timedRoom = (count: number): Timed => ({ times: new Float64Array(count), offsets: new Float64Array(count), senders: new Uint16Array(count), places: new Uint32Array(count) });

/**
 * Sorts the rows from `from` to before `to` by time, then offset; equal ones keep their order. A natural merge sort: runs that are
 * in order already, as of one record's messages, are merged two by two, and one run alone is left as it is. `spare` is room for as
 * many rows.
 */
export function mergeRuns(list: Timed, spare: Timed, from: number, to: number): void {
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
  for (const name of ['times', 'offsets', 'senders', 'places'] as const) list[name].set(source[name].subarray(from, to), from);
}

/** Where runs begin that are in order, and where the last ends. */
function runsOf({ times, offsets }: Timed, from: number, to: number): number[] {
  const bounds = [from];
  for (let i = from + 1; i < to; i++) {
    if (times[i]! < times[i - 1]! || (times[i] === times[i - 1] && offsets[i]! < offsets[i - 1]!)) bounds.push(i);
  }
  bounds.push(to);
  return bounds;
}

function mergeTwo(source: Timed, target: Timed, { from, middle, to }: { from: number; middle: number; to: number }): void {
  const { times, offsets } = source;
  let left = from;
  let right = middle;
  for (let at = from; at < to; at++) {
    const takesLeft = left < middle && (right >= to || times[left]! < times[right]! || (times[left] === times[right] && offsets[left]! <= offsets[right]!));
    const taken = takesLeft ? left++ : right++;
    target.times[at] = times[taken]!;
    target.offsets[at] = offsets[taken]!;
    target.senders[at] = source.senders[taken]!;
    target.places[at] = source.places[taken]!;
  }
}
