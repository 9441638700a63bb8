import { entityOf, ENTITIES } from '../../features/index.ts';
import { readAsks } from './container-job.ts';
import type { Job, JobContext } from './job.ts';
import { orderOf } from './order-samples.ts';
import { pack, unpack } from './pack.ts';
import type { Scratch } from './scratch.ts';
import { readShelf } from './shelf.ts';
import type { Slice } from './sample-table.ts';
import type { SampleRows } from './sink.ts';
import { bitsOf, isCategorical } from './values.ts';

type Held = Omit<SampleRows, 'count'> & { readonly names: readonly string[] };

/**
 * Puts what was asked for into the samples of a sender, and lays them down by slices of time, as `slices-S`. Returns where these
 * begin, and where the last ends.
 */
export function finishSamples({ sender, bounds }: Job & { kind: 'finish' }, { readings, parts }: JobContext, scratch: Scratch): number[] {
  const held = unpack<Held>(scratch.read(`members-${sender}`));
  const { specs, wanted, less, linked } = readings;
  const { bits, times } = held;
  const width = specs.length - wanted;
  const floats = new Float32Array(bits.buffer, bits.byteOffset, bits.length);
  const ownParts = held.parts;
  const isCode = Uint8Array.from(specs, (spec) => Number(isCategorical(spec)));
  const lessers = Int32Array.from(less);
  const placesOf = ENTITIES.map((entity) => Int32Array.from(linked.get(entity) ?? []));
  for (const places of placesOf) for (const place of places) blank(place);

  /** Nothing is known of what nobody was asked for. */
  function blank(place: number): void {
    if (place < wanted) for (let at = place; at < bits.length; at += wanted) if (isCode[place] === 0) floats[at] = NaN;
  }

  /** A record whose own row was asked for is told its own parts first. */
  const settle = (own: 'own' | 'others'): void => {
    for (let part = 0; part < parts; part++) {
      const { names, keys, samples, count } = readAsks(scratch, sender, part);
      const { answers } = unpack<{ answers: Float64Array }>(readShelf(scratch, `answers-${part}`, sender));
      const entities = names.map((name) => entityOf(name)!);
      let at = 0;
      for (let ask = 0; ask < count; ask++) {
        const entity = entities[keys[ask]!]!;
        const places = placesOf[ENTITIES.indexOf(entity)]!;
        if ((entity === readings.target) === (own === 'own')) put(samples[ask]!, places, answers, at);
        at += places.length;
      }
    }
  };
  const put = (sample: number, places: Int32Array, answers: Float64Array, from: number): void => {
    for (let i = 0; i < places.length; i++) {
      const place = places[i]!;
      const value = answers[from + i]!;
      if (place >= wanted) ownParts[sample * width + place - wanted] = value;
      else if (isCode[place] === 1) bits[sample * wanted + place] = bitsOf(value);
      else floats[sample * wanted + place] = lessers[place] === -1 ? value : Math.max(0, value - ownParts[sample * width + lessers[place]! - wanted]!);
    }
  };
  if (linked.has(readings.target)) settle('own');
  settle('others');

  const order = orderOf({ ...held, count: times.length });
  const starts: number[] = [0];
  const pieces: Uint8Array[] = [];
  let row = 0;
  for (const bound of bounds.slice(1)) {
    const first = row;
    while (row < order.length && times[order[row]!]! < bound) row += 1;
    const packed = pack({ ...sliceOf(held, order.subarray(first, row), wanted) });
    pieces.push(...packed);
    starts.push(starts.at(-1)! + packed.reduce((sum, piece) => sum + piece.length, 0));
  }
  scratch.write(`slices-${sender}`, pieces);
  return starts;
}

function sliceOf({ names, subjects, times, labels, weights, reasons, offsets, bits }: Held, rows: Int32Array, width: number): Slice {
  const numbers = new Map<number, number>();
  const kept: string[] = [];
  const picked = new Uint32Array(rows.length * width);
  const numberOf = (subject: number): number => {
    let number = numbers.get(subject);
    if (number === undefined) numbers.set(subject, (number = kept.push(names[subject]!) - 1));
    return number;
  };
  for (let i = 0, at = 0; i < rows.length; i++) for (let from = rows[i]! * width, end = from + width; from < end; from++) picked[at++] = bits[from]!;
  return {
    names: kept,
    subjects: Int32Array.from(rows, (row) => numberOf(subjects[row]!)),
    times: Float64Array.from(rows, (row) => times[row]!),
    labels: Float64Array.from(rows, (row) => labels[row]!),
    weights: Float64Array.from(rows, (row) => weights[row]!),
    reasons: Uint8Array.from(rows, (row) => reasons[row]!),
    offsets: Float64Array.from(rows, (row) => offsets[row]!),
    bits: picked,
  };
}
