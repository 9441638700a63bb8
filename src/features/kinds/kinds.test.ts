import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../base/index.ts';
import type { Value } from '../../trees/index.ts';
import type { FeatureKind } from '../spec.ts';
import { createVocabularies } from '../vocabulary.ts';
import type { Occurrence } from './aggregate.ts';
import { compileKind } from './compile.ts';
import { tileOf, TILES } from './tiles.ts';

const START = Date.UTC(2026, 0, 5);
const SPAN = 20 * DAY;

type Batch = (occurrences: readonly Occurrence[], now: number) => Value;

/** The sawtooth window: from the start of the tile that `now - window` lies in, up to the end of the one that runs. */
const inside = (window: number, now: number) => ({ time }: Occurrence): boolean => {
  const tile = tileOf(time, window);
  return tile >= tileOf(now, window) - TILES && tile <= tileOf(now, window);
};

const held = (field: string, order: 1 | -1): Batch => (occurrences) => {
  const saying = occurrences.filter(({ data }) => data[field] !== undefined);
  const best = saying.toSorted((a, b) => order * (b.time - a.time || b.tie - a.tie))[0];
  return (best?.data[field] as Value | undefined) ?? null;
};

const newest = (occurrences: readonly Occurrence[]): number => Math.max(...occurrences.map(({ time }) => time));
const oldest = (occurrences: readonly Occurrence[]): Date => new Date(Math.min(...occurrences.map(({ time }) => time)));

const KINDS: [string, FeatureKind, Batch][] = [
  ['latest number', { op: 'latest', event: ['e'], field: 'n', type: 'numeric' }, held('n', 1)],
  ['latest category', { op: 'latest', event: ['e'], field: 'c', type: 'categorical' }, held('c', 1)],
  ['first number', { op: 'first', event: ['e'], field: 'n', type: 'numeric' }, held('n', -1)],
  ['first category', { op: 'first', event: ['e'], field: 'c', type: 'categorical' }, held('c', -1)],
  ['count', { op: 'count', event: ['e'], window: 7 * DAY }, (all, now) => all.filter(inside(7 * DAY, now)).length],
  ['count over an odd window', { op: 'count', event: ['e'], window: 100_003_000 }, (all, now) => all.filter(inside(100_003_000, now)).length],
  ['sum', { op: 'sum', event: ['e'], field: 'n', window: 3 * DAY }, (all, now) =>
    all.filter(inside(3 * DAY, now)).reduce((sum, { data }) => sum + (typeof data['n'] === 'number' ? data['n'] : 0), 0)],
  ['decayed', { op: 'decayed', event: ['e'], halfLife: 2 * DAY }, (all, now) =>
    all.reduce((sum, { time }) => sum + 2 ** (-(now - time) / (2 * DAY)), 0)],
  ['since', { op: 'since', event: ['e'] }, (all, now) => (all.length === 0 ? null : (now - newest(all)) / DAY)],
  ['calendar hour', { op: 'calendar', event: ['e'], part: 'hour' }, (all) => (all.length === 0 ? null : oldest(all).getUTCHours())],
  ['calendar weekday', { op: 'calendar', event: ['e'], part: 'weekday' }, (all) =>
    all.length === 0 ? null : oldest(all).toLocaleDateString('en-US', { weekday: 'long', timeZone: 'UTC' })],
];

const occurrences = fc.uniqueArray(
  fc.record({
    time: fc.integer({ min: 0, max: SPAN / HOUR }).map((hour) => START + hour * HOUR),
    tie: fc.nat(0xffffffff),
    data: fc.record({ n: fc.option(fc.integer({ min: -50, max: 50 })), c: fc.option(fc.constantFrom('x', 'y', 'z')) }, { requiredKeys: [] }),
  }),
  { maxLength: 40, selector: ({ tie }) => tie },
);

/** A region within other bytes, which must stay as they are. */
const AT = 3;
const GUARD = 0xa5;

describe.each(KINDS)('%s', (_name, kind, batch) => {
  const words = new Map<string, readonly string[]>();
  const vocabularies = createVocabularies({ load: (name) => words.get(name) ?? [], save: (name, list) => void words.set(name, list) });
  const aggregate = compileKind(kind, vocabularies.of('feature'));

  const region = (adding: readonly Occurrence[]): DataView => {
    const view = new DataView(new Uint8Array(aggregate.bytes + 2 * AT).fill(GUARD).buffer);
    aggregate.init(view, AT);
    for (const occurrence of adding) aggregate.add(view, AT, occurrence);
    return view;
  };
  const same = (found: Value, wanted: Value): void => {
    if (kind.op === 'decayed') expect(found).toBeCloseTo(wanted as number, 9);
    else expect(found).toBe(wanted);
  };
  const later = fc.integer({ min: 0, max: 12 * 24 }).map((hours) => START + SPAN + hours * HOUR);

  it('reads as the batch answer, in whatever order things come', () => {
    fc.assert(fc.property(occurrences, later, (all, now) => {
      const view = region(all);
      same(aggregate.read(view, AT, now), batch(all, now));
      const guards = [...new Uint8Array(view.buffer)].filter((_byte, i) => i < AT || i >= AT + aggregate.bytes);
      expect(new Set(guards)).toEqual(new Set([GUARD]));
    }));
  });

  it('reads the past right while time goes on', () => {
    fc.assert(fc.property(occurrences, (all) => {
      const sorted = all.toSorted((a, b) => a.time - b.time);
      const view = region([]);
      for (const [i, occurrence] of sorted.entries()) {
        aggregate.add(view, AT, occurrence);
        same(aggregate.read(view, AT, occurrence.time), batch(sorted.slice(0, i + 1), occurrence.time));
      }
    }), { numRuns: 40 });
  });

  it('is the same whole when parts are merged', () => {
    fc.assert(fc.property(occurrences, fc.nat(40), later, (all, cut, now) => {
      const [left, right] = [region(all.slice(0, cut)), region(all.slice(cut))];
      aggregate.merge(left, AT, right, AT);
      same(aggregate.read(left, AT, now), batch(all, now));
      const empty = region([]);
      aggregate.merge(left, AT, empty, AT);
      same(aggregate.read(left, AT, now), batch(all, now));
    }));
  });
});

describe('a count', () => {
  it('stays at its greatest value', () => {
    const aggregate = compileKind({ op: 'count', event: ['e'], window: DAY }, { code: () => 0, word: () => null });
    const view = new DataView(new ArrayBuffer(aggregate.bytes));
    aggregate.init(view, 0);
    for (let i = 0; i < 70_000; i++) aggregate.add(view, 0, { time: START, tie: 0, data: {} });
    expect(aggregate.read(view, 0, START)).toBe(65_535);
  });
});
