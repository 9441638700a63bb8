import { entityOf, ENTITIES } from '../../features/index.ts';
import { readAsks } from './container-job.ts';
import type { Job, JobContext } from './job.ts';
import { pack, unpack } from './pack.ts';
import type { Scratch } from './scratch.ts';
import { readShelf } from './shelf.ts';
import type { Slice } from './sample-table.ts';
import type { SampleRows } from './sink.ts';
import { bitsOf, isCategorical } from './values.ts';

type Held = SampleRows & { readonly names: readonly string[] };

/**
 * Puts what was asked for into the samples of a sender, and lays them down by slices of time, as `slices-S`. Returns where these
 * begin, and where the last ends.
 */
export function finishSamples({ sender, bounds }: Job & { kind: 'finish' }, { readings, parts }: JobContext, scratch: Scratch): number[] {
  const held = unpack<Held>(scratch.read(`members-${sender}`));
  const { specs, wanted, less, own, linked } = readings;
  const rows = held.times.length;
  const width = specs.length - wanted;
  const ownParts = held.parts;
  const isCode = Uint8Array.from(specs, (spec) => Number(isCategorical(spec)));
  const lessers = Int32Array.from(less);
  const placesOf = ENTITIES.map((entity) => Int32Array.from(linked.get(entity) ?? []));

  const bits = new Uint32Array(rows * wanted);
  const floats = new Float32Array(bits.buffer);
  for (const [column, place] of own.filter((at) => at < wanted).entries()) bits.set(held.bits.subarray(column * rows, (column + 1) * rows), place * rows);
  // nothing is known of what nobody was asked for
  for (const places of placesOf) for (const place of places) if (place < wanted && isCode[place] === 0) floats.fill(NaN, place * rows, (place + 1) * rows);

  /** A record whose own row was asked for is told its own parts first. */
  const settle = (which: 'own' | 'others'): void => {
    for (let part = 0; part < parts; part++) {
      const { names, keys, samples, count } = readAsks(scratch, sender, part);
      const { answers } = unpack<{ answers: Float64Array }>(readShelf(scratch, `answers-${part}`, sender));
      const entities = names.map((name) => entityOf(name)!);
      const placesAt = entities.map((entity) => placesOf[ENTITIES.indexOf(entity)]!);
      const isSettled = Uint8Array.from(entities, (entity) => Number((entity === readings.target) === (which === 'own')));
      let at = 0;
      for (let ask = 0; ask < count; ask++) {
        const key = keys[ask]!;
        const places = placesAt[key]!;
        if (isSettled[key] === 1) put(samples[ask]!, places, answers, at);
        at += places.length;
      }
    }
  };
  const put = (row: number, places: Int32Array, answers: Float64Array, from: number): void => {
    for (let i = 0; i < places.length; i++) {
      const place = places[i]!;
      const value = answers[from + i]!;
      if (place >= wanted) ownParts[row * width + place - wanted] = value;
      else if (isCode[place] === 1) bits[place * rows + row] = bitsOf(value);
      else floats[place * rows + row] = lessers[place] === -1 ? value : Math.max(0, value - ownParts[row * width + lessers[place]! - wanted]!);
    }
  };
  if (linked.has(readings.target)) settle('own');
  settle('others');

  const slicer = createSlicer({ ...held, bits }, wanted);
  const starts: number[] = [0];
  const pieces: Uint8Array[] = [];
  let row = 0;
  for (const bound of bounds.slice(1)) {
    const first = row;
    while (row < rows && held.times[row]! < bound) row += 1;
    const packed = pack({ ...slicer(first, row) });
    pieces.push(...packed);
    starts.push(starts.at(-1)! + packed.reduce((sum, piece) => sum + piece.length, 0));
  }
  scratch.write(`slices-${sender}`, pieces);
  return starts;
}

/** Cuts rows out of columns of so many features. */
function createSlicer({ names, subjects, times, labels, weights, reasons, offsets, bits }: Held, width: number): (from: number, to: number) => Slice {
  const rows = times.length;
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
    const cut = new Uint32Array((to - from) * width);
    for (let column = 0; column < width; column++) cut.set(bits.subarray(column * rows + from, column * rows + to), column * (to - from));
    return {
      names: kept,
      subjects: numbers,
      times: times.subarray(from, to),
      labels: labels.subarray(from, to),
      weights: weights.subarray(from, to),
      reasons: reasons.subarray(from, to),
      offsets: offsets.subarray(from, to),
      bits: cut,
    };
  };
}
