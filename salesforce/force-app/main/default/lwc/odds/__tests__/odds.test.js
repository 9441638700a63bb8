import fc from 'fast-check';
import { oddsText } from 'c/odds';

describe('odds', () => {
  it.each([
    [0.412, 'About 4 in 10 leads like this convert'],
    [0.031, 'About 3 in 100 leads like this convert'],
    [0.97, 'About 97 in 100 leads like this convert'],
    [0.001, 'Fewer than 1 in 100 leads like this convert'],
    [0.999, 'More than 99 in 100 leads like this convert'],
    [null, ''],
    [undefined, ''],
  ])('%s reads: %s', (probability, text) => {
    expect(oddsText(probability)).toBe(text);
  });

  it('of an opportunity says that it is won', () => {
    expect(oddsText(0.412, 'opportunity')).toBe('About 4 in 10 opportunities like this are won');
    expect(oddsText(0.001, 'opportunity')).toBe('Fewer than 1 in 100 opportunities like this are won');
  });

  it('is never further than half a tenth from the truth, and never says none or all', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.005, max: 0.995, noNaN: true }), (probability) => {
        const [, part, whole] = /About (\d+) in (\d+)/.exec(oddsText(probability));
        expect(Math.abs(part / whole - probability)).toBeLessThanOrEqual(0.05 + 1e-9);
        expect(Number(part)).toBeGreaterThan(0);
        expect(Number(part)).toBeLessThan(Number(whole) + 1);
      }),
    );
  });
});
