import * as Plot from '@observablehq/plot';
import type { NumberMetrics, NumberReport } from '../lifecycle/index.ts';
import { colour, draw, FIRST, QUIET, SIZE } from './draw.ts';
import type { Html } from './html.ts';

/** Said against seen, a dot a tenth of the rows by what was said; on the diagonal is right. */
export function tenthsPlot(reports: readonly NumberReport[]): Html {
  const points = reports.flatMap(({ tenths }, s) => tenths.map(({ said, seen }) => ({ s, said, seen })));
  const ends = points.flatMap(({ said, seen }) => [said, seen]);
  const [low, high] = [Math.min(0, ...ends), Math.max(...ends)];
  return draw('Said and seen: the mean of what was said against the mean seen, for tenths of the hold-out rows', {
    ...SIZE,
    marginLeft: 60,
    x: { domain: [low, high], label: 'said', ticks: 5 },
    y: { domain: [low, high], label: 'seen', ticks: 5, grid: true },
    marks: [
      Plot.line(
        [
          [low, low],
          [high, high],
        ],
        { stroke: QUIET, strokeDasharray: '4 4' },
      ),
      ...reports.flatMap((_, s) => {
        const own = points.filter((point) => point.s === s);
        const stroke = colour(s);
        return [
          Plot.line(own, { x: 'said', y: 'seen', stroke, strokeWidth: 1.5, strokeOpacity: 0.6 }),
          Plot.dot(own, { x: 'said', y: 'seen', fill: stroke, r: 3.5 }),
        ];
      }),
    ],
  });
}

/** The mean of the label in ten consecutive windows. */
export function meanPlot({ meanOverTime, mean, order }: NumberMetrics): Html {
  const bars = meanOverTime.map((window, i) => ({ window: i + 1, mean: window.mean }));
  return draw('Mean of the label in ten consecutive windows of the rows', {
    ...SIZE,
    marginLeft: 60,
    x: {
      label: order === 'time' ? 'tenth of the rows, earliest first' : 'tenth of the rows, in file order',
      padding: 0.25,
    },
    y: { label: 'mean', grid: true, ticks: 4, zero: true },
    marks: [
      Plot.barY(bars, { x: 'window', y: 'mean', fill: FIRST, rx: 2 }),
      Plot.ruleY([mean], { stroke: 'currentColor', strokeDasharray: '4 4', strokeOpacity: 0.6 }),
      Plot.ruleY([0], { stroke: QUIET }),
    ],
  });
}
