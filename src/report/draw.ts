import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { trusted, type Html } from './html.ts';

/** Colours come from the page's style sheet, so that one drawing serves light and dark. */
export const FIRST = 'var(--first)';
export const SECOND = 'var(--second)';
export const QUIET = 'var(--line)';
export const SIZE = { width: 440, height: 300, marginLeft: 48, marginBottom: 40 };

export function colour(series: number): string {
  return series === 0 ? FIRST : SECOND;
}

/** Draws on a document of its own: no browser is needed, and the SVG carries its description. */
export function draw(description: string, options: Plot.PlotOptions): Html {
  const { document } = parseHTML('<html><body></body></html>');
  const plot = Plot.plot({ ...options, document, className: 'plot', ariaLabel: description });
  plot.setAttribute('role', 'img');
  return trusted(plot.outerHTML);
}
