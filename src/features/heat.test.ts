import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY } from '../base/index.ts';
import { addHeat, HEAT_BYTES, heatLevel, heatTile, isStirring, pourHeat, warmthOf } from './heat.ts';

const TILE = 2 * DAY;
const START = Date.UTC(2026, 0, 5);
const row = (deeds: readonly (readonly [tile: number, warmth: number])[] = []): DataView => {
  const view = new DataView(new ArrayBuffer(HEAT_BYTES));
  for (const [tile, warmth] of deeds) addHeat(view, 0, START + tile * TILE, warmth);
  return view;
};
const bytes = (view: DataView): number[] => [...new Uint8Array(view.buffer)];
const deeds = fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 4 })), { maxLength: 40 });

it('does not depend on the order of the deeds, nor on how they are split over rows that are joined', () => {
  fc.assert(fc.property(deeds, fc.nat(40), (all, cut) => {
    const whole = row(all);
    expect(bytes(row(all.toReversed()))).toEqual(bytes(whole));
    const joined = row(all.slice(0, cut));
    pourHeat(joined, 0, row(all.slice(cut)), 0);
    expect(bytes(joined)).toEqual(bytes(whole));
  }));
});

it('is the floor of the logarithm of the decayed sum, in half-lives of a tile', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 30 }), (recent) => {
    const newest = Math.max(...recent.map(([tile]) => tile));
    const sum = recent.reduce((total, [tile, warmth]) => total + warmth * 2 ** (tile - newest), 0);
    expect(heatLevel(row(recent), 0) - heatTile(START + newest * TILE)).toBe(Math.floor(Math.log2(sum)));
  }));
});

it('says of two deeds in one tile what it says of one in the next, and nothing of a record that did none', () => {
  expect(heatLevel(row([[3, 1]]), 0)).toBe(heatLevel(row([[2, 1], [2, 1]]), 0));
  expect(heatLevel(row(), 0)).toBe(0);
  expect([isStirring(row(), 0), isStirring(row([[9, 1]]), 0), isStirring(row([[9, 1], [7, 1]]), 0), isStirring(row([[30, 1], [5, 1]]), 0)]).toEqual([false, true, false, true]);
});

it('counts what the record does of its own accord', () => {
  expect(warmthOf({ type: 'web.visited', data: { page: 'pricing' } })).toBeGreaterThan(warmthOf({ type: 'web.visited', data: { page: 'home' } }));
  expect(warmthOf({ type: 'call.logged', data: { direction: 'inbound' } })).toBeGreaterThan(0);
  expect(['call.logged', 'email.sent', 'lead.changed', 'impression.shown'].map((type) => warmthOf({ type, data: {} }))).toEqual([0, 0, 0, 0]);
});
