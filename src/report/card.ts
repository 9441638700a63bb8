import type { HoldOutReport } from '../lifecycle/index.ts';
import { dataSection, importanceSection, makingSection, useSection } from './card-data.ts';
import { segmentTable } from './card-segments.ts';
import { count, estimate, figure, percent } from './format.ts';
import { html, trusted, type Html } from './html.ts';
import { calibrationPlot, liftPlot, ratePlot, type Series } from './plots.ts';
import { suggestedIgnore, type FitReport } from './report.ts';
import { STYLE } from './style.ts';
import { groupWarnings } from './warnings.ts';

/** A model's card: one HTML file that needs no network and runs no script; every value in it is escaped. */
export function renderCard(report: FitReport): string {
  const { label, source } = report;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${label.name} from ${source}: model card</title>
        <style>
          ${trusted(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <header>
            <h1>${label.name} = ${label.positive}</h1>
            <p class="soft">
              A model that ranks rows of ${source} by how likely this outcome is, against ${label.negative}.
            </p>
            ${tiles(report)}
          </header>
          ${warningSection(report)} ${holdOutSection(report)} ${plotSection(report)} ${importanceSection(report)}
          ${useSection(report)} ${dataSection(report)} ${makingSection(report)}
          <footer>Bundle <code>${report.bundle}</code> · leadrank</footer>
        </main>
      </body>
    </html> `;
  return page.markup;
}

function tiles({ metrics, label, rows }: FitReport): Html {
  const { timeOrdered, random } = metrics;
  const leftOut = rows - metrics.rows;
  const tile = (name: string, value: string, note: string): Html =>
    html`<div>
      <dt>${name}</dt>
      <dd>${value}<small>${note}</small></dd>
    </div>`;
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

function orderName(order: 'time' | 'file'): string {
  return order === 'time' ? 'in time order' : 'in file order';
}

function warningSection({ warnings }: FitReport): Html {
  if (warnings.length === 0)
    return html`<section>
      <h2>Warnings</h2>
      <p>None.</p>
    </section>`;
  const groups = groupWarnings(warnings).map(({ title, weight, advice, items }) => {
    const lines = items.map(({ columns, message }) => {
      const names = columns.length === 0 ? null : html`<b>${columns.join(', ')}</b>: `;
      return html`<p>${names}${message}</p>`;
    });
    return html`<li class="${weight}">
      <h3>${title}</h3>
      ${lines}
      <p class="soft">${sentence(advice)}</p>
    </li> `;
  });
  const ignore = suggestedIgnore(warnings);
  const hint =
    ignore === null ? null : html`<p>To see the whole card without the suspects, add <code>${ignore}</code></p>`;
  return html`<section>
    <h2>Read this first</h2>
    ${hint}
    <ul class="warnings">
      ${groups}
    </ul>
  </section>`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
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
      <table>
        <thead>
          <tr>
            <th scope="col">Hold-out</th>
            <th scope="col">AUC (95 %)</th>
            <th scope="col">Log-loss</th>
            <th scope="col">Average precision</th>
            <th scope="col">Brier</th>
            <th scope="col">Calibration error</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${without} ${segmentTable(report)}
  </section>`;
}

function plotSection(report: FitReport): Html {
  const series = seriesOf(report);
  const keys = series.map(({ name }, s) => html`<span class="${s === 0 ? 'key' : 'key second'}">${name}</span>`);
  const figureOf = (title: string, note: string, plot: Html, legend: Html[]): Html =>
    html`<figure>
      <figcaption><b>${title}</b>${note}<br />${legend}</figcaption>
      ${plot}
    </figure> `;
  const { metrics } = report;
  const top = series[0]!.report.lift[0];
  const found = top ? `The best tenth holds ${percent(top.captured)} of the positives.` : '';
  return html`<section>
    <h2>How it ranks, and how far to trust its numbers</h2>
    <div class="plots">
      ${figureOf('Lift by tenth', found, liftPlot(series), keys)}
      ${figureOf('Calibration', 'On the dashed line, said is seen.', calibrationPlot(series), keys)}
      ${figureOf('Positive rate over the file', `Dashed: ${percent(metrics.baseRate)} overall.`, ratePlot(metrics), [])}
      ${captureTable(series)}
    </div>
  </section>`;
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
    <table>
      <thead>
        <tr>
          <th scope="col">Tenth</th>
          <th scope="col">Rows</th>
          <th scope="col">Rate</th>
          <th scope="col">Lift</th>
          <th scope="col">Found so far</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </figure>`;
}
