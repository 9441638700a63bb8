import type { HoldOutReport } from '../lifecycle/index.ts';
import { count, estimate, figure, percent } from './format.ts';
import { asText, importanceLines, warningLines } from './lines.ts';
import type { FitReport } from './report.ts';

/** The report as a screenful of plain text. */
export function renderSummary(report: FitReport): string {
  const { label, metrics } = report;
  const lines = [
    '',
    `${report.source} · predicts ${label.name} = ${label.positive} · bundle ${report.bundle}`,
    [
      `${count(metrics.rows)} rows`,
      `base rate ${percent(metrics.baseRate)}`,
      `${metrics.inputs} inputs`,
      `${metrics.trees} trees${metrics.stoppedOn === 'time' ? ', stopped on the latest rows' : ''}`,
    ].join(' · '),
    '',
    ...warningLines(report),
    ...holdOutLines(report),
    ...segmentLines(report),
    ...tuningLines(report),
    '',
    'What moves the score (mean |SHAP|, log-odds)',
    ...importanceLines(report),
    '',
  ];
  return asText(lines);
}

function holdOutLines({ metrics }: FitReport): string[] {
  const { timeOrdered, random, order, withoutSuspects } = metrics;
  const row = (name: string, report: HoldOutReport): string =>
    [
      name.padEnd(26),
      estimate(report.auc).padEnd(22),
      `${figure(report.logLoss)} (${figure(report.logLossBaseline)})`.padEnd(16),
      figure(report.averagePrecision).padEnd(7),
      figure(report.calibrationError).padEnd(6),
      `×${figure(report.lift[0]?.lift ?? NaN, 1)}`,
    ].join(' ');
  const heads = ['Hold-out'.padEnd(26), 'AUC (95 %)'.padEnd(22), 'log-loss (base)'.padEnd(16), 'AP'.padEnd(7)];
  const lines = [[...heads, 'ECE'.padEnd(6), 'lift of the top tenth'].join(' ')];
  if (timeOrdered)
    lines.push(row(order === 'time' ? 'last quarter in time' : 'last quarter in file order', timeOrdered));
  else lines.push(`no time-ordered hold-out: too little of one outcome at one end of the ${order} order`);
  lines.push(row('random quarters', random));
  if (withoutSuspects) {
    const { auc, aucWithAll } = withoutSuspects;
    lines.push(
      `without the suspects: AUC ${figure(auc.value)} instead of ${figure(aucWithAll.value)} on one random quarter`,
    );
  }
  return lines;
}

/** What a search for settings chose, where one was asked for. */
function tuningLines({ tuning }: FitReport): string[] {
  if (tuning === null) return [];
  const { trials, options, loss, lossOfDefaults } = tuning;
  const chosen = Object.entries(options).map(([name, value]) => `${name} ${value}`);
  const said = chosen.length === 0 ? 'the defaults' : chosen.join(', ');
  const losses = `log-loss ${figure(loss, 4)}, defaults ${figure(lossOfDefaults, 4)}`;
  return ['', `Tuned over ${trials} settings: ${said} (${losses}, on the earlier three quarters)`];
}

/** Said against seen by segment, where a segment column is named. */
function segmentLines({ metrics: { segments } }: FitReport): string[] {
  if (segments === null) return [];
  const lines = segments.reports.map(
    ({ segment, rows, predicted, observed }) =>
      `  ${segment.slice(0, 40).padEnd(40)} ${String(rows).padStart(8)}  said ${figure(predicted)}  seen ${estimate(observed)}`,
  );
  return ['', `Random quarters by ${segments.column}: rows, mean probability, share of positives (95 %)`, ...lines];
}
