import * as Plot from '@observablehq/plot';
import type { HoldOutReport, Metrics } from '../lifecycle/index.ts';
import { colour, draw, FIRST, QUIET, SECOND, SIZE } from './draw.ts';
import type { Html } from './html.ts';

/** A hold-out as it is drawn: the first in the first colour. */
export interface Series {
  name: string;
  report: HoldOutReport;
}

/** Said against seen probability, a dot a tenth of the rows with its 95 % interval; on the diagonal is right. */
export function calibrationPlot(series: readonly Series[]): Html {
  const points = series.flatMap(({ report }, s) =>
    report.calibration.map(({ predicted, observed }) => ({ s, predicted, ...observed })),
  );
  const top = Math.min(
    1,
    Math.ceil(Math.max(...points.map((point) => Math.max(point.predicted, point.high))) * 10) / 10,
  );
  return draw('Calibration: predicted against observed rate for tenths of the hold-out rows', {
    ...SIZE,
    x: { domain: [0, top], label: 'predicted probability', tickFormat: '.0%', ticks: 5 },
    y: { domain: [0, top], label: 'observed rate', tickFormat: '.0%', ticks: 5, grid: true },
    marks: [
      Plot.line(
        [
          [0, 0],
          [top, top],
        ],
        { stroke: QUIET, strokeDasharray: '4 4' },
      ),
      ...series.flatMap((_, s) => {
        const own = points.filter((point) => point.s === s);
        const stroke = colour(s);
        return [
          Plot.ruleX(own, { x: 'predicted', y1: 'low', y2: 'high', stroke, strokeOpacity: 0.45 }),
          Plot.line(own, { x: 'predicted', y: 'value', stroke, strokeWidth: 1.5, strokeOpacity: 0.6 }),
          Plot.dot(own, { x: 'predicted', y: 'value', fill: stroke, r: 3.5 }),
        ];
      }),
    ],
  });
}

/** How much richer in positives each tenth of the ranked rows is than the whole. */
export function liftPlot(series: readonly Series[]): Html {
  const bars = series[0]!.report.lift.map(({ lift }, i) => ({ tenth: i + 1, lift }));
  const others = series
    .slice(1)
    .flatMap(({ report }, s) => report.lift.map(({ lift }, i) => ({ s: s + 1, tenth: i + 1, lift })));
  return draw('Lift: positive rate of each tenth of the ranked rows over the overall rate', {
    ...SIZE,
    x: { label: 'tenth of the rows, best scores first', padding: 0.25 },
    y: { label: 'lift', grid: true, tickFormat: (lift: number) => `×${lift}`, ticks: 5 },
    marks: [
      Plot.barY(bars, { x: 'tenth', y: 'lift', fill: FIRST, rx: 2 }),
      Plot.dot(others, { x: 'tenth', y: 'lift', fill: SECOND, r: 3.5 }),
      Plot.ruleY([1], { stroke: 'currentColor', strokeDasharray: '4 4', strokeOpacity: 0.6 }),
      Plot.ruleY([0], { stroke: QUIET }),
    ],
  });
}

/** The positive rate of ten consecutive windows. */
export function ratePlot({ rateOverTime, baseRate, order }: Metrics): Html {
  const bars = rateOverTime.map(({ rate }, i) => ({ window: i + 1, rate }));
  return draw('Positive rate of ten consecutive windows of the rows', {
    ...SIZE,
    height: 300,
    x: {
      label: order === 'time' ? 'tenth of the rows, earliest first' : 'tenth of the rows, in file order',
      padding: 0.25,
    },
    y: { label: 'positive rate', grid: true, tickFormat: '.0%', ticks: 4, zero: true },
    marks: [
      Plot.barY(bars, { x: 'window', y: 'rate', fill: FIRST, rx: 2 }),
      Plot.ruleY([baseRate], { stroke: 'currentColor', strokeDasharray: '4 4', strokeOpacity: 0.6 }),
      Plot.ruleY([0], { stroke: QUIET }),
    ],
  });
}
