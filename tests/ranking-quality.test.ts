import { describe, expect, test } from 'vitest';
import { captureIn, ORDERS } from '../bench/ranking/captured.ts';
import { parametersOf, workdays } from '../bench/ranking/stage.ts';
import { calibrationIn, tInterval, type Shown } from '../bench/ranking/statistics.ts';
import { random } from '../src/base/index.ts';

describe('what is said of the quality of lists', () => {
  test('in a small world every order captures a share, and the hidden truth the greatest', async () => {
    const options = { world: 'small', seed: 3, leadsPerDay: 12, days: 60, shares: [1], listDays: 1, reps: 3, courses: 8 };
    const { orders, without, lists, leads, conversions } = await captureIn(options);
    expect(lists).toBeGreaterThan(1);
    expect(leads).toBeGreaterThan(20 * lists);
    expect(conversions).toBeGreaterThan(0);
    for (const name of ORDERS) {
      expect(orders[name].expected, name).toBeGreaterThan(0);
      expect(orders[name].happened, name).toBeLessThanOrEqual(1);
      expect(orders['the hidden truth'].expected, name).toBeGreaterThanOrEqual(orders[name].expected);
    }
    expect(orders['the hidden truth'].expected).toBeGreaterThan(1.3 * orders['most recent first'].expected);
    expect(Object.keys(without)).toContain('exploration');
  }, 300_000);

  test('lists are looked at in the morning of workdays', () => {
    const days = workdays(Date.UTC(2026, 0, 3), 12, 3).map((time) => new Date(time));
    expect(days.every((day) => ![0, 6].includes(day.getUTCDay()) && day.getUTCHours() < 8)).toBe(true);
    expect(new Set(days.map(Number)).size).toBe(12);
    expect(Number(days[0])).toBe(Date.UTC(2026, 0, 5, 7, 30));
  });

  test('drawn worlds differ from the one that comes along, and are the same each time', () => {
    expect(parametersOf('7')).toEqual(parametersOf('7'));
    expect(parametersOf('7').lead).not.toEqual(parametersOf('8').lead);
    expect(parametersOf('7').actions).not.toEqual(parametersOf('default').actions);
  });
});

describe('calibration by records', () => {
  /** Records of a chance, each shown so often, with `more` said than is so. */
  function shown(seed: number, { records, times, more }: { records: number; times: number; more: number }): Shown[] {
    const draw = random(seed);
    return Array.from({ length: records }, (_, n) => {
      const chance = 0.05 + 0.4 * draw.uniform();
      const seen = draw.uniform() < chance ? 1 : 0;
      return Array.from({ length: times }, (): Shown => ({ said: chance + more, seen, cluster: String(n) }));
    }).flat();
  }

  test('is no error for what is calibrated, however often a record is shown', () => {
    const found = Array.from({ length: 20 }, (_, seed) => calibrationIn(shown(seed, { records: 400, times: 12, more: 0 }), seed));
    const squares = found.map(({ debiased }) => debiased.value ** 2);
    expect(Math.sqrt(tInterval(squares).value)).toBeLessThan(0.04); // decisions taken as independent would say 0.066
    expect(found.filter(({ debiased }) => debiased.low < 0.02)).toHaveLength(20);
  });

  test('is what is said too much', () => {
    const { debiased, rows, clusters } = calibrationIn(shown(1, { records: 20_000, times: 2, more: 0.05 }), 1);
    expect([rows, clusters]).toEqual([40_000, 20_000]);
    expect(debiased.value).toBeCloseTo(0.05, 2);
    expect(debiased.low).toBeLessThan(0.05);
    expect(debiased.high).toBeGreaterThan(0.05);
  });

  test('the interval of a few worlds is Student’s', () => {
    const { value, low, high } = tInterval([1, 2, 3, 4, 5]);
    expect(value).toBe(3);
    expect(high - value).toBeCloseTo(2.776 * Math.sqrt(0.5), 6);
    expect(value - low).toBeCloseTo(high - value, 9);
  });
});
