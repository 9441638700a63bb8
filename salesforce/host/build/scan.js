/** The icons that base components draw of themselves. */
const INNER_ICONS = ['utility:close', 'utility:down'];

const unique = (values) => [...new Set(values)].sort();

/** Base components named by the sources, as tags (`<lightning-button>`) or imports, e.g. `lightning/button`. */
export function baseComponentsUsed(sources) {
  const tags = sources.flatMap(({ text }) => [...text.matchAll(/<lightning-([a-z-]+)/g)].map((match) => match[1]));
  return unique(tags.map((tag) => `lightning/${tag.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase())}`));
}

/** Icon names that the sources mention, e.g. `utility:close`. */
export function iconsUsed(sources) {
  const named = sources.flatMap(({ text }) => text.match(/\b(?:utility|standard|action):[a-z0-9_]+\b/g) ?? []);
  return unique([...named, ...INNER_ICONS]);
}
