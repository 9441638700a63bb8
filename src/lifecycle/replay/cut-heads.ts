import type { Slice } from './sample-table.ts';
import type { SampleHeads } from './sink.ts';

/** Cuts rows out of what tells of samples, with the names of their subjects. */
export function cutHeads({ names, subjects, times, labels, weights, reasons, offsets }: SampleHeads & { readonly names: readonly string[] }): (from: number, to: number) => Omit<Slice, 'bits'> {
  const places = new Int32Array(names.length).fill(-1);
  return (from, to) => {
    const kept: string[] = [];
    const numbers = new Int32Array(to - from);
    for (let row = from; row < to; row++) {
      const subject = subjects[row]!;
      if (places[subject] === -1) places[subject] = kept.push(names[subject]!) - 1;
      numbers[row - from] = places[subject]!;
    }
    for (let row = from; row < to; row++) places[subjects[row]!] = -1;
    return {
      names: kept,
      subjects: numbers,
      times: times.subarray(from, to),
      labels: labels.subarray(from, to),
      weights: weights.subarray(from, to),
      reasons: reasons.subarray(from, to),
      offsets: offsets.subarray(from, to),
    };
  };
}
