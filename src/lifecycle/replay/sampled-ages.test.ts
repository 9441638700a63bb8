import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, HOUR } from '../../base/index.ts';
import { sampledAges } from './sampled-ages.ts';

const someAges = fc.uniqueArray(fc.integer({ min: HOUR, max: 400 * DAY }), { minLength: 1, maxLength: 12 });

test('a record is sampled once between each age and the next, and within a day after the last; the same wherever it is drawn', () => {
  fc.assert(
    fc.property(someAges, fc.string(), fc.nat(), (ages, name, seed) => {
      const found = [...sampledAges({ ages, moments: 'between ages', seed })(name)].toReversed();
      const bounds = [...ages.toSorted((a, b) => a - b), Math.max(...ages) + DAY];
      expect(found).toHaveLength(ages.length);
      for (const [i, age] of found.entries()) {
        expect(Number.isInteger(age)).toBe(true);
        expect(age).toBeGreaterThanOrEqual(bounds[i]!);
        expect(age).toBeLessThan(bounds[i + 1]!);
      }
      expect([...sampledAges({ ages: ages.toReversed(), moments: 'between ages', seed })(name)].toReversed()).toEqual(found);
      expect([...sampledAges({ ages, moments: 'at ages', seed })(name)]).toEqual(ages.toSorted((a, b) => b - a));
    }),
  );
});

test('hours of the day come alike, whatever the age', () => {
  const ages = [DAY, 3 * DAY, 7 * DAY];
  const of = sampledAges({ ages, moments: 'between ages', seed: 1 });
  const counts = new Int32Array(3 * 24);
  const RECORDS = 24_000;
  for (let record = 0; record < RECORDS; record++) of(`ld_${record}`).forEach((age, i) => counts[i * 24 + Math.floor((age % DAY) / HOUR)]!++);
  for (const count of counts) expect(Math.abs(count - RECORDS / 24)).toBeLessThan(5 * Math.sqrt(RECORDS / 24));
});
