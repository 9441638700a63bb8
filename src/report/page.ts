import { document } from './document.ts';
import { html, type Html } from './html.ts';
import { suggestedIgnore, type ReportBase } from './report.ts';
import { groupWarnings } from './warnings.ts';

/** A model's card: one HTML file that needs no network and runs no script; every value in it is escaped. */
export function renderPage(report: ReportBase & { label: { name: string } }, header: Html, sections: readonly Html[]): string {
  return document({
    title: `${report.label.name} from ${report.source}: model card`,
    body: html`<header>${header}</header>
      ${warningSection(report)} ${sections}`,
    footer: html`Bundle <code>${report.bundle}</code> · leadrank`,
  });
}

/** One figure at the top of the card. */
export function tile(name: string, value: string, note: string): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}<small>${note}</small></dd>
  </div>`;
}

export function orderName(order: 'time' | 'file'): string {
  return order === 'time' ? 'in time order' : 'in file order';
}

function warningSection({ warnings }: ReportBase): Html {
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
