import { html, type Html } from './html.ts';

export interface Figure {
  readonly title: string;
  readonly note: string;
  readonly plot: Html;
  /** Names of the series, where there is more than one. */
  readonly keys?: readonly Html[];
}

/** The section of a card that shows its pictures. */
export function plotSection(title: string, figures: readonly Figure[], below: Html | null = null): Html {
  return html`<section>
    <h2>${title}</h2>
    <div class="plots">
      ${figures.map(figure)}
      ${below}
    </div>
  </section>`;
}

/** The names of series in the colours in which they are drawn. */
export function seriesKeys(series: readonly { readonly name: string }[]): Html[] {
  return series.map(({ name }, at) => html`<span class="${at === 0 ? 'key' : 'key second'}">${name}</span>`);
}

function figure({ title, note, plot, keys = [] }: Figure): Html {
  return html`<figure>
    <figcaption><b>${title}</b>${note}<br />${keys}</figcaption>
    ${plot}
  </figure> `;
}
