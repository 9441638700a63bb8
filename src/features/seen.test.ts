import { expect, it } from 'vitest';
import { DAY } from '../base/index.ts';
import { logged } from './conformance.ts';
import { memoryStore } from './memory/store.ts';
import type { Store } from './store.ts';

const visit = (i: number, received: number) => logged(i, 'web.visited', 'ld_a', {}, { time: received });
const blocks = (store: Store): string[] => [...store.all()].filter(({ table }) => table === 'seen').map(({ key, bytes }) => `${Number(key)}: ${bytes.length}`);

it('keeps full blocks within the horizon, whenever they are written', () => {
  const [often, once] = [memoryStore(), memoryStore()];
  for (let i = 0; i < 2_000; i++) {
    for (const store of [often, once]) expect(store.seen.admit(visit(i, (i * DAY) / 100))).toBe(true);
    if (i % 7 === 0) often.seen.save();
  }
  for (const store of [often, once]) store.seen.save();
  expect(blocks(often)).toEqual(blocks(once));
  expect(blocks(once).length).toBeLessThan(16); // nine days of a hundred, 64 a block
});

it('goes back to what was written', () => {
  const { seen } = memoryStore();
  expect(seen.admit(visit(0, 0))).toBe(true);
  seen.save();
  expect([seen.admit(visit(1, 1)), seen.admit(visit(0, 2))]).toEqual([true, false]);
  seen.rewind();
  expect([seen.admit(visit(1, 1)), seen.admit(visit(0, 2))]).toEqual([true, false]);
});
