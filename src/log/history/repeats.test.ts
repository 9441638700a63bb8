import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY, HOUR } from '../../base/index.ts';
import { KEY_WORDS, deliveryKey } from './delivery.ts';
import { createRepeats, REPEAT_HORIZON } from './repeats.ts';

const delivery = fc.record({ source: fc.constantFrom('web', 'crm'), id: fc.integer({ min: 0, max: 200 }).map(String), hours: fc.integer({ min: -5, max: 30 }) });

it('a delivery repeats another of the same source and id within the horizon, that was no repetition itself', () => {
  fc.assert(fc.property(fc.array(delivery, { maxLength: 400, size: 'max' }), (deliveries) => {
    const repeats = createRepeats();
    const first = new Map<string, number>();
    let received = 100 * DAY;
    for (const { source, id, hours } of deliveries) {
      received += hours * HOUR;
      const name = `${source} ${id}`;
      const before = first.get(name);
      const expected = before !== undefined && received - before <= REPEAT_HORIZON;
      expect(repeats.check(source, id, received)).toBe(expected);
      if (!expected) first.set(name, received);
    }
  }));
});

it('goes on from the deliveries that it is told of', () => {
  const kept: [Uint32Array, number][] = [];
  const before = createRepeats((key, received) => void kept.push([key.slice(), received]));
  for (let i = 0; i < 1_000; i++) before.check('web', `e${i}`, i * 60_000);
  const after = createRepeats();
  for (const [key, received] of kept) after.remember(key, received);
  expect([after.check('web', 'e7', DAY), after.check('web', 'e1000', DAY), after.check('crm', 'e7', DAY)]).toEqual([true, false, false]);
});

it('keys tell source and id apart', () => {
  const keyOf = (source: string, id: string): string => {
    const key = new Uint32Array(KEY_WORDS);
    deliveryKey(source, id, key);
    return key.join();
  };
  const names = ['', 'a', 'b', 'ab', 'ba', 'aa', ...Array.from({ length: 60 }, (_, i) => `e_${i}`)];
  const keys = names.flatMap((source) => names.map((id) => keyOf(source, id)));
  expect(new Set(keys).size).toBe(names.length ** 2);
});
