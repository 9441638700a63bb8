import { describe, expect, it } from 'vitest';
import { DAY } from '../base/index.ts';
import { newSimulation, seedOf, sizeOf, tell, worldOf } from './simulation.ts';

const NOW = Date.UTC(2026, 5, 1);

describe('the size of a simulated org', () => {
  it('is about as many leads in six months as are asked for, and a rep for every 228 of them', () => {
    const small = { ...newSimulation(1, 'us', NOW), ...sizeOf('300') };
    const created = new Set<unknown>();
    for (const { raw } of tell(small, NOW)) {
      const { type, subject } = raw;
      if (type.startsWith('lead.created')) created.add(subject);
    }
    expect(created.size).toBeGreaterThan(200);
    expect(created.size).toBeLessThan(400);
    const reps = (leads?: string): number => worldOf({ ...newSimulation(1, 'us', NOW), ...sizeOf(leads) }).org.users().filter(({ role }) => role === 'rep').length;
    expect([reps(), reps('300'), reps('22800')]).toEqual([24, 24, 100]);
  });

  it('says of a number that is none what it has to be', () => {
    for (const leads of ['', 'many', '10', '2.5', '1e12']) expect(() => sizeOf(leads)).toThrow(/--leads is a whole number from 100 to 100000000/u);
    for (const seed of ['abc', '-1', '1.5']) expect(() => seedOf(seed)).toThrow(/--seed is a whole number from 0 on/u);
    expect([seedOf('7'), sizeOf(undefined), sizeOf('182').leadsPerDay! * (182 * DAY)]).toEqual([7, {}, 182 * DAY]);
  });
});
