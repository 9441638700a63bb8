import { count, estimate, figure } from './format.ts';
import { html, type Html } from './html.ts';
import { tableOf } from './table.ts';
import type { FitReport } from './report.ts';

/** Said against seen by segment, where a segment column is named. */
export function segmentTable({ metrics: { segments } }: FitReport): Html | null {
  if (segments === null) return null;
  const rows = segments.reports.map(
    ({ segment, rows: size, predicted, observed, calibrationError }) =>
      html`<tr>
        <td>${segment}</td>
        <td>${count(size)}</td>
        <td>${figure(predicted)}</td>
        <td>${estimate(observed)}</td>
        <td>${figure(calibrationError)}</td>
      </tr> `,
  );
  return html`<h3>Probabilities by ${segments.column}</h3>
    <div class="wide">
      ${tableOf([segments.column, 'Rows', 'Mean probability', 'Share of positives (95 %)', 'Calibration error'], rows)}
    </div>`;
}
