import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../../base/portable.ts';
import { logLoss } from '../log-loss.ts';
import { createArena } from './arena.ts';
import { createGrowKernel } from './grow.ts';
import { binColumn, drawRows, histogram, importance, kept, logLossPairs, scores } from './reference.ts';

const kernel = createGrowKernel();
const arena = createArena(kernel.memory);
const ROWS = 400;
const WIDTH = 16;
const [values, borderOf, bins] = [arena.alloc(8 * ROWS), arena.alloc(8 * 255), arena.alloc(ROWS)];
const [table, ids, packed, pairs] = [WIDTH * ROWS, 4 * ROWS, 8 * ROWS, 8 * ROWS].map((size) => arena.alloc(size)) as [
  number,
  number,
  number,
  number,
];
const [sums, histogramOf, scoreOf] = [arena.alloc(WIDTH * 2048), arena.alloc(256 * 16), arena.alloc(256 * 8)];
const [labels, weights, leaf, divided] = [arena.alloc(8 * ROWS), arena.alloc(4 * ROWS), arena.alloc(512), arena.alloc(4 * ROWS)];

const seed = fc.integer();
const derivatives = (source: ReturnType<typeof random>): Int32Array =>
  Int32Array.from({ length: 2 * ROWS }, (_, i) => Math.round((i % 2 === 0 ? source.uniform() * 2 - 1 : source.uniform()) * 2 ** 30));
const int32 = (at: number, length: number): Int32Array => new Int32Array(kernel.memory.buffer, at, length);

describe('the kernels of training equal their plain forms', () => {
  it('binColumn', () => {
    const number = fc.oneof(fc.double(), fc.integer({ min: -9, max: 9 }), fc.constantFrom(NaN, -0, 0.7, Infinity, -Infinity));
    fc.assert(
      fc.property(
        fc.array(number, { maxLength: ROWS, size: 'max' }),
        fc.uniqueArray(fc.float({ noNaN: true }), { maxLength: 254, size: 'max', comparator: (a, b) => a === b }),
        fc.constantFrom(-Infinity, Infinity),
        (given, cuts, missing) => {
          const borders = [...cuts, ...given.slice(0, 3).map(Math.fround).filter((v) => v === v)].toSorted((a, b) => a - b);
          const distinct = borders.filter((border, i) => border !== borders[i - 1]).slice(0, 254);
          arena.numbers(values, given.length).set(given);
          arena.numbers(borderOf, 255).fill(Infinity).set(distinct);
          kernel.binColumn(values, given.length, borderOf, missing, bins);
          expect(arena.bytes(bins, given.length)).toEqual(binColumn(Float64Array.from(given), distinct, missing));
        },
      ),
    );
  });

  it('gatherRows, pack, countEight, countFour, countOne and unpack make a histogram', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 0, max: ROWS }), (root, count) => {
        const source = random(root);
        const data = Uint8Array.from({ length: WIDTH * ROWS }, () => source.below(256));
        const given = derivatives(source);
        const rows = Uint32Array.from({ length: count }, () => source.below(ROWS));
        arena.bytes(table, data.length).set(data);
        int32(pairs, given.length).set(given);
        arena.words(ids, count).set(rows);
        kernel.pack(pairs, ids, count, packed);
        const tile = arena.alloc(WIDTH * ROWS);
        kernel.gatherRows(table, WIDTH, ids, count, tile);
        kernel.countEight(sums, tile + 3, WIDTH, packed, count);
        kernel.countFour(sums + 8 * 2048, tile, WIDTH, packed, count, 15, 0, 7, 1);
        kernel.countOne(sums + 12 * 2048, tile + 14, WIDTH, packed, count);
        const columns = [3, 4, 5, 6, 7, 8, 9, 10, 15, 0, 7, 1, 14];
        columns.forEach((column, c) => {
          arena.bytes(histogramOf, 256 * 16).fill(0);
          kernel.unpack(sums + c * 2048, histogramOf, 256);
          const bytes = data.filter((_, i) => i % WIDTH === column);
          expect(arena.integers(histogramOf, 512)).toEqual(histogram(bytes, given, rows));
        });
        expect(arena.bytes(sums, WIDTH * 2048).every((byte) => byte === 0)).toBe(true); // left empty
      }),
      { numRuns: 30 },
    );
  });

  it('pack keeps the halves of 10,240 sums of the greatest derivatives apart', () => {
    const extreme = Math.round(Math.SQRT2 * 2 ** 30);
    int32(pairs, 4).set([-extreme, extreme, extreme, extreme]);
    for (const row of [0, 1]) {
      arena.words(ids, 1)[0] = row;
      kernel.pack(pairs, ids, 1, packed);
      for (let i = 0; i < 10_240; i++) kernel.countOne(sums, table, WIDTH, packed, 1);
      const bin = arena.bytes(table, 1)[0]!;
      arena.bytes(histogramOf, 256 * 16).fill(0);
      kernel.unpack(sums, histogramOf, 256);
      const expected = [BigInt(10_240 * kept(row === 0 ? -extreme : extreme)), BigInt(10_240 * kept(extreme))];
      expect([...arena.integers(histogramOf + 16 * bin, 2)]).toEqual(expected);
    }
  });

  it('scoreColumn', () => {
    const bin = fc.oneof(fc.constant([0, 0]), fc.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 1e6 })));
    const l2s = fc.constantFrom(0, 1.5, 1000);
    fc.assert(
      fc.property(fc.array(bin, { minLength: 1, maxLength: 60, size: 'max' }), l2s, fc.boolean(), fc.constantFrom(0, 1, -1), (given, l2, ordered, sign) => {
        const counted = BigInt64Array.from(given.flat(), BigInt);
        arena.integers(histogramOf, counted.length).set(counted);
        arena.numbers(scoreOf, given.length).fill(0);
        kernel.totalPairs(histogramOf, given.length, values);
        const [g, h] = [...arena.numbers(values, 2)] as [number, number];
        expect([g, h]).toEqual([0, 1].map((side) => given.reduce((sum, pair) => sum + pair[side]!, 0)));
        const unsplit = h + l2 > 0 ? (g * g) / (h + l2) : 0;
        kernel.scoreColumn(histogramOf, given.length, scoreOf, g, h, l2, unsplit, Number(ordered), sign);
        expect([...arena.numbers(scoreOf, given.length)]).toEqual(scores(counted, { l2, ordered, sign }));
      }),
    );
  });

  it('divide keeps every row, on its side', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 0, max: 255 }), fc.boolean(), (root, bin, ordered) => {
        const source = random(root);
        const column = arena.bytes(bins, ROWS).map(() => source.below(256));
        arena.bytes(bins, ROWS).set(column);
        const rows = Array.from({ length: ROWS }, (_, row) => row);
        arena.words(ids, ROWS).set(rows);
        const front = kernel.divide(ids, ROWS, bins, bin, Number(ordered), divided);
        const passes = (row: number): boolean => (ordered ? column[row]! > bin : column[row] === bin);
        const found = [...arena.words(divided, ROWS)];
        expect(found.slice(0, front)).toEqual(rows.filter((row) => !passes(row)));
        expect(found.slice(front).toReversed()).toEqual(rows.filter(passes));
        arena.bytes(leaf, ROWS).fill(1);
        kernel.descend(bins, ROWS, bin, Number(ordered), 3, leaf);
        expect([...arena.bytes(leaf, ROWS)]).toEqual(rows.map((row) => (passes(row) ? 9 : 1)));
      }),
    );
  });

  it('logLossPairs', () => {
    const score = fc.oneof(fc.double({ min: -50, max: 50, noNaN: true }), fc.constantFrom(0, -0, 40, -40, 800, -800));
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 50, size: 'max' }), seed, (raw, root) => {
        const source = random(root);
        const given = raw.map(() => source.below(2));
        const scaled = Int32Array.from(raw, () => source.below(2 ** 30 + 1));
        arena.numbers(values, raw.length).set(raw);
        arena.numbers(labels, raw.length).set(given);
        int32(weights, raw.length).set(scaled);
        kernel.logLossPairs(values, labels, weights, raw.length, pairs);
        const expected = logLossPairs(Float64Array.from(raw), Float64Array.from(given), scaled);
        expect(int32(pairs, 2 * raw.length)).toEqual(expected);
        raw.forEach((x, row) => {
          const p = 1 / (1 + Math.exp(-x));
          expect(Math.abs(expected[2 * row]! - (p - given[row]!) * scaled[row]!)).toBeLessThanOrEqual(1);
          expect(Math.abs(expected[2 * row + 1]! - 4 * p * (1 - p) * scaled[row]!)).toBeLessThanOrEqual(1);
        });
      }),
    );
  });

  it('logLossSum', () => {
    const score = fc.oneof(fc.double({ min: -50, max: 50, noNaN: true }), fc.constantFrom(0, -0, 40, -40, 800, -800));
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 50, size: 'max' }), seed, (raw, root) => {
        const source = random(root);
        const given = Float64Array.from(raw, () => source.below(2));
        const scaled = Int32Array.from(raw, () => 1 + source.below(2 ** 20));
        arena.numbers(values, raw.length).set(raw);
        arena.numbers(labels, raw.length).set(given);
        int32(weights, raw.length + 1).set([...scaled, 0]);
        const total = scaled.reduce((sum, weight) => sum + weight, 0);
        const expected = logLoss(Float64Array.from(raw), given, Float64Array.from(scaled));
        const found = kernel.logLossSum(values, labels, weights, raw.length) / total;
        const bounded = raw.some((x) => Math.abs(x) > 700); // there the plain form stops at the least float64
        if (!bounded) expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-13 * (1 + expected));
      }),
    );
  });

  it('countImportance and drawRows', () => {
    const counts = arena.alloc(4 * 65_536);
    fc.assert(
      fc.property(seed, fc.nat(), fc.double({ min: 1, max: 2 ** 31, noNaN: true }), fc.double({ min: 0.004, max: 1, noNaN: true }), (root, first, threshold, ridge) => {
        const given = derivatives(random(root));
        int32(pairs, given.length).set(given);
        const scale = 2 ** -2;
        const drawn = kernel.drawRows(pairs, ROWS, first, root, ridge, threshold, scale, ids, packed);
        const expected = drawRows(given, { first, seed: root, ridge, threshold, scale });
        expect([...arena.words(ids, drawn)]).toEqual(expected.rows);
        expect([...int32(packed, 2 * drawn)]).toEqual(expected.pairs);
        arena.bytes(counts, 4 * 65_536).fill(0);
        kernel.countImportance(pairs, ROWS, ridge, counts);
        const found = arena.words(counts, 65_536);
        const upper = (row: number): number => {
          const words = new DataView(new ArrayBuffer(4));
          words.setFloat32(0, importance(given, row, ridge));
          return words.getUint16(0);
        };
        const wanted = new Uint32Array(65_536);
        for (let row = 0; row < ROWS; row++) wanted[upper(row)]!++;
        expect(found).toEqual(wanted);
      }),
      { numRuns: 20 },
    );
  });

  it('sumLeaves and addLeaves', () => {
    fc.assert(
      fc.property(seed, (root) => {
        const source = random(root);
        const given = derivatives(source);
        const leaves = Uint8Array.from({ length: ROWS }, () => source.below(4));
        const held = Int32Array.from({ length: ROWS }, () => source.below(2 ** 30));
        int32(pairs, given.length).set(given);
        int32(weights, ROWS).set(held);
        arena.bytes(leaf, ROWS).set(leaves);
        arena.integers(histogramOf, 16).fill(0n);
        kernel.sumLeaves(pairs, weights, ROWS, leaf, histogramOf);
        const total = (of: number, at: (row: number) => number): bigint =>
          BigInt(leaves.reduce((sum, own, row) => (own === of ? sum + at(row) : sum), 0));
        const expected = [0, 1, 2, 3].flatMap((of) => [
          total(of, (row) => given[2 * row]!),
          total(of, (row) => given[2 * row + 1]!),
          total(of, (row) => held[row]!),
          0n,
        ]);
        expect([...arena.integers(histogramOf, 16)]).toEqual(expected);
        arena.numbers(values, ROWS).fill(1.5);
        arena.numbers(scoreOf, 4).set([0, 1, 2, 3]);
        kernel.addLeaves(values, ROWS, leaf, scoreOf);
        expect([...arena.numbers(values, ROWS)]).toEqual(Array.from(leaves, (own) => 1.5 + own));
      }),
      { numRuns: 20 },
    );
  });
});
