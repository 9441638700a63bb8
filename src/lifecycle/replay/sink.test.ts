import { expect, it } from 'vitest';
import type { FeatureSpec } from '../../features/index.ts';
import { readingsOf } from './readings.ts';
import { createSink, type SampleRows } from './sink.ts';
import { FRESH } from './workspace.ts';
import { codeIn } from './values.ts';

const told = { theme: 't', sentence: 's', source: 'web', owner: 'o', privacy: 'plain', entity: 'lead' } as const;
const visits = { op: 'count', event: ['web.visited'], window: 7 * 86_400_000 } as const;
const READINGS = readingsOf([
  { ...told, name: 'visits', kind: visits },
  { ...told, name: 'industry', kind: { op: 'latest', event: ['lead.created'], field: 'industry', type: 'categorical' } },
  { ...told, name: 'visits of others', kind: { op: 'cross', entity: 'account', count: 'others', kind: visits } },
] as FeatureSpec[], 'lead');
const NAMES = ['ld_b', 'ld_a', 'ld_c'];

/** What is put into the sample of a number: values that tell it from all others. */
const timeOf = (sample: number): number => 1e12 + ((sample * 7_919) % 10_007);
const valuesOf = (sample: number): number[] => READINGS.own.map((place) => (READINGS.specs[place]!.name === 'industry' ? (sample % 3 === 0 ? NaN : 2 ** 31 + sample) : sample / 3 + place));

it('gives back what was put into it, in order, however many pages it fills, and is empty then', () => {
  const sink = createSink(READINGS, FRESH);
  for (const count of [1_024, 0, 1, 1_023, 1_025, 3_000, 2_048]) {
    for (let sample = 0; sample < count; sample++) {
      expect(sink.add(sample % 3, timeOf(sample), sample % 2, 1 + sample, 0, NaN)).toBe(sample);
      sink.page().set(valuesOf(sample), sink.at());
    }
    const { rows, order } = sink.finish(NAMES);
    expect([...order].toSorted((a, b) => a - b)).toEqual([...Array.from({ length: count }).keys()]);
    expect([...rows.times]).toEqual([...rows.times].toSorted((a, b) => a - b));
    const given = Array.from(order, (sample) => ({ subject: sample % 3, time: timeOf(sample), label: sample % 2, weight: 1 + sample, ...laidOut(valuesOf(sample)) }));
    expect(Array.from(order, (_, row) => rowOf(rows, row))).toEqual(given);
  }
});

const WANTED = READINGS.own.filter((place) => place < READINGS.wanted);
const PARTS = READINGS.specs.length - READINGS.wanted;

/** Numbers as a model compares them, but for own parts. */
function laidOut(values: readonly number[]): { values: number[]; parts: number[] } {
  const at = (place: number): number => values[READINGS.own.indexOf(place)]!;
  return {
    values: WANTED.map((place) => (READINGS.specs[place]!.name === 'industry' ? at(place) : Math.fround(at(place)))),
    parts: Array.from({ length: PARTS }, (_, part) => at(READINGS.wanted + part)),
  };
}

function rowOf({ bits, parts, ...heads }: SampleRows, row: number): object {
  const floats = new Float32Array(bits.buffer, bits.byteOffset, bits.length);
  const count = heads.times.length;
  return {
    subject: heads.subjects[row],
    time: heads.times[row],
    label: heads.labels[row],
    weight: heads.weights[row],
    values: WANTED.map((place, column) => (READINGS.specs[place]!.name === 'industry' ? codeIn(bits[column * count + row]!) : floats[column * count + row]!)),
    parts: [...parts.subarray(row * PARTS, (row + 1) * PARTS)],
  };
}
