import { count, figure, percent } from './format.ts';
import { html, type Html } from './html.ts';
import { tableOf } from './table.ts';
import type { ReportBase } from './report.ts';
import type { Metrics, Tuning } from '../lifecycle/index.ts';

const INPUTS = 20;

/** What moves the score, as a table with bars. */
export function importanceSection({ importance }: ReportBase, moved: string): Html {
  const shown = importance.slice(0, INPUTS);
  const largest = Math.max(...shown.map(({ effect }) => effect), 1e-12);
  const rows = shown.map(({ input, effect }) => {
    const width = `width: ${((effect / largest) * 100).toFixed(1)}%`;
    return html`<tr>
      <td>${input}</td>
      <td>${figure(effect)}</td>
      <td><span class="bar" style="${width}"></span></td>
    </tr> `;
  });
  const rest = importance.length - shown.length;
  return html`<section>
    <h2>What moves the score</h2>
    <p class="soft">
      Mean distance by which a column moves ${moved} (exact SHAP): how much the model leans on it, not what causes
      the outcome.${rest > 0 ? ` ${rest} columns with less effect are not shown.` : ''}
    </p>
    ${tableOf(['Column', 'Effect', ''], rows, { look: 'bars' })}
  </section>`;
}

/** What the model is for, and what it is not for. */
export function useSection(outcome: string, promise: string): Html {
  return html`<section>
    <h2>What it must not be used for</h2>
    <ul>
      <li>
        Decisions about people that need their own justification: credit, employment, housing, prices. It ranks where a
        sales team looks first, no more.
      </li>
      <li>Judging sales reps: the outcome depends on who was given which rows.</li>
      <li>Saying what to change: a column that moves the score need not cause ${outcome}.</li>
      <li>Rows from another population, market or time than those of the file, before they were checked against it.</li>
      <li>${promise}</li>
    </ul>
  </section>`;
}

interface DataReport extends ReportBase {
  label: { unlabelled: number; other?: number; unreadable?: number };
  metrics: { rows: number };
}

/** What was read, and how. */
export function dataSection(report: DataReport, said: string): Html {
  const { label, inputs, missing, rows, columns, metrics, untimed } = report;
  const { unlabelled, other = 0, unreadable = 0 } = label;
  const left = [
    ...(unlabelled > 0 ? [`${count(unlabelled)} without a label`] : []),
    ...(other > 0 ? [`${count(other)} with a third value of the label`] : []),
    ...(unreadable > 0 ? [`${count(unreadable)} whose label is no number`] : []),
    ...(untimed > 0 ? [`${count(untimed)} without a readable time`] : []),
  ];
  const markers = missing.map(({ column, markers: found }) => {
    const total = found.reduce((sum, [, cells]) => sum + cells, 0);
    const names = found.map(([text, cells]) => `${text === '' ? 'blank' : text} ${count(cells)}`).join(', ');
    return html`<tr>
      <td>${column}</td>
      <td>${percent(total / rows)}</td>
      <td class="text">${names}</td>
    </tr> `;
  });
  const kinds = inputs.map(
    ({ name, kind }) =>
      html`<tr>
        <td>${name}</td>
        <td class="text">${kind}</td>
      </tr> `,
  );
  return html`<section>
    <h2>What it was made from</h2>
    <p>
      ${count(rows)} rows and ${columns} columns; ${count(metrics.rows)} rows trained the
      model${left.length > 0 ? ` (left out: ${left.join(', ')})` : ''}. ${said}
    </p>
    <details>
      <summary>Cells read as missing, by column</summary>
      ${tableOf(['Column', 'Share', { text: 'Found' }], markers)}
    </details>
    <details>
      <summary>${inputs.length} inputs of the model</summary>
      ${tableOf(['Input', { text: 'Kind' }], kinds)}
    </details>
  </section>`;
}

interface Making {
  command: string;
  metrics: Pick<Metrics, 'seed' | 'trees' | 'stoppedOn'>;
}

/** How to make it again. */
export function makingSection({ command, metrics }: Making, tuning: Tuning | null): Html {
  const stopped = metrics.stoppedOn === 'time' ? 'the latest rows' : 'random rows';
  const searched = tuning && `${tuning.trials} settings were tried; `;
  return html`<section>
    <h2>How to make it again</h2>
    <pre><code>${command}</code></pre>
    <p class="soft">
      Seed ${metrics.seed}; ${searched} ${count(metrics.trees)} symmetric trees, as many as
      ${stopped} held out wanted. The same file, command and release give the same
      bundle, bit for bit.
    </p>
  </section>`;
}
