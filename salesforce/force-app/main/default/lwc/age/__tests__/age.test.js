import { ageText, before, secondsSince, timeText } from 'c/age';

describe('age', () => {
  it.each([
    [0, 'less than a minute'],
    [59, 'less than a minute'],
    [60, '1 min'],
    [3599, '59 min'],
    [3600, '1 h'],
    [5400, '1 h 30 min'],
    [3 * 3600 + 1800, '3 h'],
    [47 * 3600, '47 h'],
    [48 * 3600, '2 d'],
    [null, 'an unknown time'],
    [Number.NaN, 'an unknown time'],
  ])('%s s is %s', (seconds, text) => {
    expect(ageText(seconds)).toBe(text);
  });

  it('counts from a time to now, never below nothing', () => {
    expect(secondsSince('2026-03-02T08:00:00Z', Date.parse('2026-03-02T09:30:00Z'))).toBe(5400);
    expect(secondsSince('2026-03-02T08:00:00Z', Date.parse('2026-03-02T07:00:00Z'))).toBe(0);
    expect(secondsSince('no time', 0)).toBeNull();
  });

  it('writes a time as the user does, and nothing where there is none', () => {
    expect(timeText('2026-03-02T08:00:00Z')).toContain('2026');
    expect([timeText(null), timeText('no time')]).toEqual(['', '']);
  });

  it('goes back from a time, and undoes secondsSince', () => {
    const reference = '2026-03-02T08:30:00.000Z';
    expect(secondsSince(before(reference, 5400), Date.parse(reference))).toBe(5400);
    expect(before(reference, undefined)).toBeNull();
    expect(before('no time', 1)).toBeNull();
  });
});
