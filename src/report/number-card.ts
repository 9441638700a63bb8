import type { NumberReport } from '../lifecycle/index.ts';
import { dataSection, importanceSection, makingSection, useSection } from './card-data.ts';
import { amount, count, estimate, figure } from './format.ts';
import { html, type Html } from './html.ts';
import { tableOf } from './table.ts';
import { orderName, renderPage, tile } from './page.ts';
import { plotSection, seriesKeys } from './plot-section.ts';
import { meanPlot, tenthsPlot } from './number-plots.ts';
import type { NumberFitReport } from './report.ts';

/** A hold-out and how it is called. */
interface Judged {
  name: string;
  report: NumberReport;
}

/** The card of a model of a number. */
export function renderNumberCard(report: NumberFitReport): string {
  const { label, source, metrics } = report;
  const header = html`<h1>${label.name}</h1>
    <p class="soft">A model that says the number ${label.name} of rows of ${source}, trained for ${lossName(metrics.loss)}.</p>
    ${tiles(report)}`;
  const moved = metrics.loss === 'tweedie' ? 'the logarithm of the prediction' : 'the prediction';
  return renderPage(report, header, [
    holdOutSection(report),
    pictures(report),
    importanceSection(report, moved),
    useSection(label.name, 'A prediction as a promise: it is a mean over rows like this one, and single rows lie far from it.'),
    dataSection(report, 'The label is read as a number.'),
    makingSection(report, null),
  ]);
}

function lossName(loss: NumberFitReport['metrics']['loss']): string {
  return loss === 'tweedie' ? 'the Tweedie deviance (amounts, many of them 0)' : 'the root of the mean squared error';
}

function judgedOf({ metrics }: NumberFitReport): Judged[] {
  const { timeOrdered, random, order } = metrics;
  const byTime = timeOrdered ? [{ name: `last quarter ${orderName(order)}`, report: timeOrdered }] : [];
  return [...byTime, { name: 'random quarters', report: random }];
}

function tiles(report: NumberFitReport): Html {
  const { metrics, rows } = report;
  const leftOut = rows - metrics.rows;
  const explained = judgedOf(report).map(({ name, report: { explained: r2 } }) =>
    tile(`R², ${name}`, figure(r2.value), `95 % from ${figure(r2.low)} to ${figure(r2.high)}`),
  );
  return html`<dl class="tiles">
    ${tile('Rows', count(metrics.rows), leftOut > 0 ? `${count(leftOut)} more left out` : `${metrics.inputs} inputs`)}
    ${tile('Mean', amount(metrics.mean), 'of the label')} ${explained}
  </dl>`;
}

function holdOutSection(report: NumberFitReport): Html {
  const judged = judgedOf(report);
  const rows = judged.map(
    ({ name, report: one }) =>
      html`<tr>
        <td>${name}<br /><small>${count(one.rows)} rows, trained on ${count(one.trainedOn)}</small></td>
        <td>${estimate(one.explained)}</td>
        <td>${amount(one.rmse)}<br /><small>${amount(one.rmseBaseline)} by the mean</small></td>
        <td>${amount(one.mae)}</td>
        <td>${one.deviance === null ? '–' : html`${amount(one.deviance.value)}<br /><small>${amount(one.deviance.baseline)} by the mean</small>`}</td>
        <td>${amount(one.said)}<br /><small>${amount(one.mean)} seen</small></td>
      </tr> `,
  );
  const explained =
    report.metrics.order === 'file'
      ? 'No time column was named, so the order of the rows in the file stands for time.'
      : 'Rows were put in the order of the time column.';
  return html`<section>
    <h2>On rows it had not seen</h2>
    <p class="soft">${explained} The time-ordered figure is the one to expect on new rows. R² is the share of the squared error of the mean that is gone: at 0 it knows no more than the mean.</p>
    <div class="wide">
      ${tableOf(['Hold-out', 'R² (95 %)', 'RMSE', 'Mean error', 'Tweedie deviance', 'Mean said'], rows)}
    </div>
  </section>`;
}

function pictures(report: NumberFitReport): Html {
  const judged = judgedOf(report);
  return plotSection('How far to trust its numbers', [
    { title: 'Said and seen by tenth', note: 'On the dashed line, said is seen.', plot: tenthsPlot(judged.map((one) => one.report)), keys: seriesKeys(judged) },
    { title: 'The label over the file', note: `Dashed: ${amount(report.metrics.mean)} overall.`, plot: meanPlot(report.metrics) },
  ]);
}
