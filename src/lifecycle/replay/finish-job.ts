import { countWhere } from '../../base/index.ts';
import { entityOf, ENTITIES } from '../../features/index.ts';
import { readAsks } from './container-job.ts';
import type { Job, JobContext } from './job.ts';
import type { Means } from './means.ts';
import { pack, unpack } from './pack.ts';
import { putAnswers, type Room } from './put-answers.ts';
import { readShelf, writeShelf } from './shelf.ts';
import { cutHeads } from './cut-heads.ts';
import type { SampleRows } from './sink.ts';
import { isCategorical } from './values.ts';

type Held = SampleRows & { readonly names: readonly string[] };

/** Puts what was asked for into the samples of a sender, and lays them down by slices of time, as `slices-S`. */
export function finishSamples({ sender, bounds }: Job & { kind: 'finish' }, { readings, parts }: JobContext, { scratch, workspace }: Pick<Means, 'scratch' | 'workspace'>): void {
  const held = unpack<Held>(scratch.read(`members-${sender}`, { workspace }));
  const { specs, wanted, less, own, linked } = readings;
  const rows = held.times.length;
  const isCode = Uint8Array.from(specs, (spec) => Number(isCategorical(spec)));
  const placesOf = new Map(ENTITIES.map((entity) => [entity, Int32Array.from(linked.get(entity) ?? [])]));
  const starts = startsIn(held.times, bounds);

  // slice by slice, each column by column: the value of a row lies at `at[row] + place * size[row]`
  const bits = workspace.take(Uint32Array, rows * wanted).fill(0);
  const floats = new Float32Array(bits.buffer, bits.byteOffset, bits.length);
  const at = workspace.take(Int32Array, rows);
  const size = workspace.take(Int32Array, rows);
  for (let slice = 0; slice + 1 < starts.length; slice++) {
    const [from, to] = [starts[slice]!, starts[slice + 1]!];
    const begin = from * wanted;
    layFrom(begin, at.subarray(from, to));
    size.fill(to - from, from, to);
    for (const [column, place] of own.filter((one) => one < wanted).entries()) bits.set(held.bits.subarray(column * rows + from, column * rows + to), begin + place * (to - from));
    // nothing is known of what nobody was asked for
    for (const places of placesOf.values()) for (const place of places) if (place < wanted && isCode[place] === 0) floats.fill(NaN, begin + place * (to - from), begin + (place + 1) * (to - from));
  }

  const room: Room = { at, size, bits, floats, wanted, isCode, less: Int32Array.from(less), parts: held.parts, width: specs.length - wanted };
  /** A record whose own row was asked for is told its own parts first. */
  const settle = (which: 'own' | 'others'): void => {
    for (let part = 0; part < parts; part++) {
      const { names, ...asks } = readAsks(scratch, sender, part, workspace);
      const { answers } = unpack<{ answers: Float64Array }>(readShelf(scratch, `answers-${part}`, sender, workspace));
      const entities = names.map((name) => entityOf(name)!);
      putAnswers(room, asks, {
        answers,
        placesAt: entities.map((entity) => placesOf.get(entity)!),
        isSettled: Uint8Array.from(entities, (entity) => Number((entity === readings.target) === (which === 'own'))),
      });
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
const startsIn = (times: Float64Array, bounds: readonly number[]): number[] =>
  [0, ...bounds.slice(1).map((bound) => countWhere(times, (time) => time < bound))];

function layFrom(begin: number, numbers: Int32Array): void {
  for (let i = 0; i < numbers.length; i++) numbers[i] = begin + i;
}
