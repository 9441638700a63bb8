import { html, type Html } from './html.ts';

/** What stands over a column: of numbers, or of text. */
type Head = string | { readonly text: string };

/** A table of these columns; `bars`: of one effect a row, as a bar. */
export const tableOf = (heads: readonly Head[], rows: readonly Html[], { look = null }: { look?: 'bars' | null } = {}): Html =>
  html`<table${look === null ? null : html` class="${look}"`}>
    <thead>
      <tr>
        ${heads.map((head) => (typeof head === 'string' ? html`<th scope="col">${head}</th>` : html`<th scope="col" class="text">${head.text}</th>`))}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
