import type { Slice } from './sample-table.ts';
import type { SampleHeads } from './sink.ts';

/** Cuts rows out of what tells of samples, with the names of their subjects. */
export function cutHeads({ names, subjects, times, labels, weights, reasons, offsets }: SampleHeads & { readonly names: readonly string[] }): (from: number, to: number) => Omit<Slice, 'bits'> {
  const places = new Int32Array(names.length).fill(-1);
  return (from, to) => {
    const of = subjects.subarray(from, to);
    const kept: string[] = [];
    const numbers = numberAnew(of, places, (subject) => kept.push(names[subject]!) - 1);
    forget(of, places);
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

/** Numbers subjects as they come; `places` is where each has its number, -1 while it has none. */
function numberAnew(subjects: Int32Array, places: Int32Array, add: (subject: number) => number): Int32Array<ArrayBuffer> {
  const numbers = new Int32Array(subjects.length);
  for (let i = 0; i < subjects.length; i++) {
    const subject = subjects[i]!;
    if (places[subject] === -1) places[subject] = add(subject);
    numbers[i] = places[subject]!;
  }
  return numbers;
}

function forget(subjects: Int32Array, places: Int32Array): void {
  for (let i = 0; i < subjects.length; i++) places[subjects[i]!] = -1;
}
