import { entityOf, ENTITIES } from '../../features/index.ts';
import { readAsks } from './container-job.ts';
import type { Job, JobContext } from './job.ts';
import { pack, unpack } from './pack.ts';
import type { Scratch } from './scratch.ts';
import { readShelf, writeShelf } from './shelf.ts';
import { cutHeads } from './cut-heads.ts';
import type { SampleRows } from './sink.ts';
import { bitsOf, isCategorical } from './values.ts';

type Held = SampleRows & { readonly names: readonly string[] };

/** Puts what was asked for into the samples of a sender, and lays them down by slices of time, as `slices-S`. */
export function finishSamples({ sender, bounds }: Job & { kind: 'finish' }, { readings, parts }: JobContext, scratch: Scratch): void {
  const held = unpack<Held>(scratch.read(`members-${sender}`));
  const { specs, wanted, less, own, linked } = readings;
  const rows = held.times.length;
  const width = specs.length - wanted;
  const ownParts = held.parts;
  const isCode = Uint8Array.from(specs, (spec) => Number(isCategorical(spec)));
  const lessers = Int32Array.from(less);
  const placesOf = ENTITIES.map((entity) => Int32Array.from(linked.get(entity) ?? []));
  const starts = slicesOf(held.times, bounds);

  // slice by slice, each column by column: the value of a row lies at `at[row] + place * size[row]`
  const bits = new Uint32Array(rows * wanted);
  const floats = new Float32Array(bits.buffer);
  const at = new Int32Array(rows);
  const size = new Int32Array(rows);
  for (let slice = 0; slice + 1 < starts.length; slice++) {
    const [from, to] = [starts[slice]!, starts[slice + 1]!];
    const begin = from * wanted;
    for (let row = from; row < to; row++) at[row] = begin + row - from;
    size.fill(to - from, from, to);
    for (const [column, place] of own.filter((one) => one < wanted).entries()) bits.set(held.bits.subarray(column * rows + from, column * rows + to), begin + place * (to - from));
    // nothing is known of what nobody was asked for
    for (const places of placesOf) for (const place of places) if (place < wanted && isCode[place] === 0) floats.fill(NaN, begin + place * (to - from), begin + (place + 1) * (to - from));
  }

  /** A record whose own row was asked for is told its own parts first. */
  const settle = (which: 'own' | 'others'): void => {
    for (let part = 0; part < parts; part++) {
      const { names, keys, samples, count } = readAsks(scratch, sender, part);
      const { answers } = unpack<{ answers: Float64Array }>(readShelf(scratch, `answers-${part}`, sender));
      const entities = names.map((name) => entityOf(name)!);
      const placesAt = entities.map((entity) => placesOf[ENTITIES.indexOf(entity)]!);
      const isSettled = Uint8Array.from(entities, (entity) => Number((entity === readings.target) === (which === 'own')));
      let from = 0;
      for (let ask = 0; ask < count; ask++) {
        const key = keys[ask]!;
        const places = placesAt[key]!;
        if (isSettled[key] === 1) put(samples[ask]!, places, answers, from);
        from += places.length;
      }
    }
  };
  const put = (row: number, places: Int32Array, answers: Float64Array, from: number): void => {
    const begin = at[row]!;
    const step = size[row]!;
    for (let i = 0; i < places.length; i++) {
      const place = places[i]!;
      const value = answers[from + i]!;
      if (place >= wanted) ownParts[row * width + place - wanted] = value;
      else if (isCode[place] === 1) bits[begin + place * step] = bitsOf(value);
      else floats[begin + place * step] = lessers[place] === -1 ? value : Math.max(0, value - ownParts[row * width + lessers[place]! - wanted]!);
    }
  };
  if (linked.has(readings.target)) settle('own');
  settle('others');

  const cut = cutHeads(held);
  const slices = starts.slice(1).map((to, slice) => {
    const from = starts[slice]!;
    return pack({ ...cut(from, to), bits: bits.subarray(from * wanted, to * wanted) });
  });
  writeShelf(scratch, `slices-${sender}`, slices);
}

/** The rows at which slices begin that have these bounds, and the end of the last. `times` ascend. */
function slicesOf(times: Float64Array, bounds: readonly number[]): number[] {
  const starts = [0];
  let row = 0;
  for (const bound of bounds.slice(1)) {
    while (row < times.length && times[row]! < bound) row += 1;
    starts.push(row);
  }
  return starts;
}
