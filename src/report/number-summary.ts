import type { NumberReport } from '../lifecycle/index.ts';
import { amount, count, estimate } from './format.ts';
import { asText, importanceLines, warningLines } from './lines.ts';
import type { NumberFitReport } from './report.ts';

/** The report of a model of a number as a screenful of plain text. */
export function renderNumberSummary(report: NumberFitReport): string {
  const { label, metrics } = report;
  const unit = metrics.loss === 'tweedie' ? 'logarithm of the mean' : 'unit of the label';
  return asText([
    '',
    `${report.source} · predicts the number ${label.name} (${metrics.loss}) · bundle ${report.bundle}`,
    [
      `${count(metrics.rows)} rows`,
      `mean ${amount(metrics.mean)}`,
      `${metrics.inputs} inputs`,
      `${metrics.trees} trees${metrics.stoppedOn === 'time' ? ', stopped on the latest rows' : ''}`,
    ].join(' · '),
    '',
    ...warningLines(report),
    ...holdOutLines(report),
    '',
    `What moves the prediction (mean |SHAP|, ${unit})`,
    ...importanceLines(report),
    '',
  ]);
}

function holdOutLines({ metrics: { timeOrdered, random, order } }: NumberFitReport): string[] {
  const row = (name: string, { explained, rmse, rmseBaseline, mae, mean, said }: NumberReport): string =>
    [
      name.padEnd(26),
      estimate(explained).padEnd(22),
      `${amount(rmse)} (${amount(rmseBaseline)})`.padEnd(22),
      amount(mae).padEnd(10),
      `${amount(said)} / ${amount(mean)}`,
    ].join(' ');
  const heads = ['Hold-out'.padEnd(26), 'R² (95 %)'.padEnd(22), 'RMSE (of the mean)'.padEnd(22), 'MAE'.padEnd(10)];
  return [
    [...heads, 'mean said / seen'].join(' '),
    timeOrdered
      ? row(order === 'time' ? 'last quarter in time' : 'last quarter in file order', timeOrdered)
      : `no time-ordered hold-out: the numbers hardly differ at one end of the ${order} order`,
    row('random quarters', random),
  ];
}
