import fc from 'fast-check';
import TrendLine from 'c/trendLine';
import { clear, mount } from '../../../../../../tests/support/page';

const points = fc.array(
  fc.record({ time: fc.integer({ min: 0, max: 1e12 }), score: fc.double({ min: 0, max: 100, noNaN: true }) }),
  { minLength: 2, maxLength: 12 },
).map((list) => list.sort((a, b) => a.time - b.time)
  .map(({ time, score }) => ({ time: new Date(time).toISOString(), score })))
  .filter((list) => Date.parse(list.at(-1).time) - Date.parse(list[0].time) >= 3_600_000);

describe('c-trend-line', () => {
  afterEach(clear);

  it('stays inside its box, and runs from left to right', () => {
    fc.assert(
      fc.property(points, (trend) => {
        const element = mount('c-trend-line', TrendLine, { points: trend });
        const line = element.shadowRoot.querySelector('polyline').getAttribute('points').split(' ');
        const places = line.map((pair) => pair.split(',').map(Number));
        element.remove();
        expect(places).toHaveLength(trend.length);
        places.forEach(([x, y], index) => {
          expect(x).toBeGreaterThanOrEqual(index === 0 ? 0 : places[index - 1][0]);
          expect(x).toBeLessThanOrEqual(240);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(y).toBeLessThanOrEqual(48);
        });
      }),
      { numRuns: 30 },
    );
  });

  const ONE = { time: '2026-03-02T08:00:00Z', score: 3 };

  it.each([[undefined], [[]], [[ONE]], [[ONE, { ...ONE, time: '2026-03-02T08:00:20Z' }]], [[{ time: 'x', score: null }]]])(
    'says that %j is no trend',
    (trend) => {
      const element = mount('c-trend-line', TrendLine, { points: trend });
      expect(element.shadowRoot.querySelector('svg')).toBeNull();
      expect(element.shadowRoot.textContent).toContain('a trend needs two');
    },
  );
});
