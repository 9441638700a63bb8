/** Markup that is known to be safe; everything else is escaped on its way in. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | null | readonly Part[];

/** A template whose values are escaped, unless they are Html themselves. Null leaves nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  return { markup: strings.reduce((text, string, i) => text + render(values[i - 1]!) + string) };
}

/** Markup made by a library that escapes by itself. */
export function trusted(markup: string): Html {
  return { markup };
}

function render(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part));
  return isList(part) ? part.map(render).join('') : part.markup;
}

function isList(part: Part): part is readonly Part[] {
  return Array.isArray(part);
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!).replaceAll(/[^\P{Cc}\n\t]/gu, '�');
}
