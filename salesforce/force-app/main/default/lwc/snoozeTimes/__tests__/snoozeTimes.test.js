import fc from 'fast-check';
import { dayOf, morningAfter, morningOf, snoozeTimes } from 'c/snoozeTimes';

const moments = fc.date({ min: new Date(2020, 0, 1), max: new Date(2035, 0, 1), noInvalidDate: true });

describe('snooze times', () => {
  it('lie ahead, in order, on mornings, no day twice', () => {
    fc.assert(
      fc.property(moments, (now) => {
        const times = snoozeTimes(now).map(({ value }) => new Date(value));
        expect(times.length).toBeGreaterThanOrEqual(3);
        times.forEach((time, index) => {
          expect(time.getHours()).toBe(9);
          expect(time > (index === 0 ? now : times[index - 1])).toBe(true);
        });
      }),
    );
  });

  it('hold the next Monday, never today', () => {
    const monday = new Date(2026, 2, 2, 12);
    const [found] = snoozeTimes(monday).filter(({ label }) => label === 'Next Monday');
    expect(dayOf(new Date(found.value))).toBe('2026-03-09');
  });

  it('read a day from a date input, and refuse what is not ahead', () => {
    const now = new Date(2026, 2, 2, 12);
    expect(morningOf('2026-03-05', now)).toBe(morningAfter(now, 3).toISOString());
    expect(morningOf('2026-03-01', now)).toBeNull();
    expect(morningOf('', now)).toBeNull();
    expect(morningOf(undefined, now)).toBeNull();
  });
});
