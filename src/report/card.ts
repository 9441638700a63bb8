import type { HoldOutReport } from '../lifecycle/index.ts';
import { dataSection, importanceSection, makingSection, useSection } from './card-data.ts';
import { segmentTable } from './card-segments.ts';
import { count, estimate, figure, percent } from './format.ts';
import { html, type Html } from './html.ts';
import { tableOf } from './table.ts';
import { orderName, renderPage, tile } from './page.ts';
import { plotSection, seriesKeys } from './plot-section.ts';
import { calibrationPlot, liftPlot, ratePlot, type Series } from './plots.ts';
import type { FitReport } from './report.ts';

/** The card of a model of an outcome. */
export function renderCard(report: FitReport): string {
  const { label, source } = report;
  const header = html`<h1>${label.name} = ${label.positive}</h1>
    <p class="soft">A model that ranks rows of ${source} by how likely this outcome is, against ${label.negative}.</p>
    ${tiles(report)}`;
  const sections = [
    holdOutSection(report),
    pictures(report),
    importanceSection(report, 'the log-odds'),
    useSection(`${label.name} = ${label.positive}`, 'Probabilities as promises: where the base rate moves, they move late; the order lasts longer than the level.'),
    dataSection(report, labelSentence(report)),
    makingSection(report, report.tuning),
  ];
  return renderPage(report, header, sections);
}

function tiles({ metrics, label, rows }: FitReport): Html {
  const { timeOrdered, random } = metrics;
  const leftOut = rows - metrics.rows;
  return html`<dl class="tiles">
    ${tile('Rows', count(metrics.rows), leftOut > 0 ? `${count(leftOut)} more left out` : `${metrics.inputs} inputs`)}
    ${tile('Base rate', percent(metrics.baseRate), `${count(metrics.positives)} rows are ${label.positive}`)}
    ${timeOrdered && tile(`AUC, ${orderName(metrics.order)}`, figure(timeOrdered.auc.value), interval(timeOrdered))}
    ${tile('AUC, at random', figure(random.auc.value), interval(random))}
  </dl>`;
}

function interval({ auc }: HoldOutReport): string {
  return `95 % from ${figure(auc.low)} to ${figure(auc.high)}`;
}

function labelSentence({ label }: FitReport): string {
  return `The positive outcome is “${label.positive}” (${label.chosen}), the other “${label.negative}”.`;
}

function seriesOf({ metrics }: FitReport): Series[] {
  const byTime = metrics.timeOrdered && {
    name: `last quarter ${orderName(metrics.order)}`,
    report: metrics.timeOrdered,
  };
  return [...(byTime ? [byTime] : []), { name: 'random quarters', report: metrics.random }];
}

function holdOutSection(report: FitReport): Html {
  const { withoutSuspects, order } = report.metrics;
  const rows = seriesOf(report).map(
    ({ name, report: judged }) =>
      html`<tr>
        <td>${name}<br /><small>${count(judged.rows)} rows, trained on ${count(judged.trainedOn)}</small></td>
        <td>${estimate(judged.auc)}</td>
        <td>${figure(judged.logLoss)}<br /><small>${figure(judged.logLossBaseline)} by base rate</small></td>
        <td>
          ${figure(judged.averagePrecision)}<br /><small>${figure(judged.positives / judged.rows)} by chance</small>
        </td>
        <td>${figure(judged.brier)}</td>
        <td>
          ${figure(judged.calibrationError)}<br /><small>debiased ${estimate(judged.calibrationErrorDebiased)}</small>
        </td>
      </tr> `,
  );
  const without =
    withoutSuspects &&
    html`<p>
      Without the suspects (${withoutSuspects.columns.join(', ')}): AUC ${estimate(withoutSuspects.auc)} instead of
      ${estimate(withoutSuspects.aucWithAll)}, on one random quarter.
    </p>`;
  const explained =
    order === 'file'
      ? 'No time column was named, so the order of the rows in the file stands for time.'
      : 'Rows were put in the order of the time column.';
  return html`<section>
    <h2>On rows it had not seen</h2>
    <p class="soft">
      ${explained} The time-ordered figure is the one to expect on new rows; the random one shows what the columns could
      say if the world stood still.
    </p>
    <div class="wide">
      ${tableOf(['Hold-out', 'AUC (95 %)', 'Log-loss', 'Average precision', 'Brier', 'Calibration error'], rows)}
    </div>
    ${without} ${segmentTable(report)}
  </section>`;
}

function pictures(report: FitReport): Html {
  const { metrics } = report;
  const series = seriesOf(report);
  const keys = seriesKeys(series);
  const top = series[0]!.report.lift[0];
  const found = top ? `The best tenth holds ${percent(top.captured)} of the positives.` : '';
  const figures = [
    { title: 'Lift by tenth', note: found, plot: liftPlot(series), keys },
    { title: 'Calibration', note: 'On the dashed line, said is seen.', plot: calibrationPlot(series), keys },
    { title: 'Positive rate over the file', note: `Dashed: ${percent(metrics.baseRate)} overall.`, plot: ratePlot(metrics) },
  ];
  return plotSection('How it ranks, and how far to trust its numbers', figures, captureTable(series));
}

function captureTable(series: readonly Series[]): Html {
  const [first] = series;
  const rows = first!.report.lift.map(
    (bin, i) =>
      html`<tr>
        <td>${i + 1}</td>
        <td>${count(bin.rows)}</td>
        <td>${percent(bin.positives / bin.rows)}</td>
        <td>×${figure(bin.lift, 2)}</td>
        <td>${percent(bin.captured)}</td>
      </tr>`,
  );
  return html`<figure class="wide">
    <figcaption><b>The same in numbers</b>${first!.name}</figcaption>
    ${tableOf(['Tenth', 'Rows', 'Rate', 'Lift', 'Found so far'], rows)}
  </figure>`;
}
