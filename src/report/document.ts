import { html, trusted, type Html } from './html.ts';
import { STYLE } from './style.ts';

export interface DocumentParts {
  title: string;
  body: Html;
  footer: Html;
}

/** One HTML file that needs no network and runs no script; every value in it is escaped. */
export function document({ title, body, footer }: DocumentParts): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${title}</title>
        <style>
          ${trusted(STYLE)}
        </style>
      </head>
      <body>
        <main>
          ${body}
          <footer>${footer}</footer>
        </main>
      </body>
    </html> `;
  return page.markup;
}
