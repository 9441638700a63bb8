// Small rollup plugins that stand in for what an org provides.

/** Serves modules from code instead of files: `id` says which, `code(id)` what they hold. */
export function virtual({ id: pattern, code }) {
  const mark = '\0virtual:';
  return {
    name: `virtual ${pattern}`,
    resolveId: (id) => (pattern.test(id) ? mark + id : null),
    load: (id) => (id.startsWith(mark) && pattern.test(id.slice(mark.length)) ? code(id.slice(mark.length)) : null),
  };
}

/** Keeps of the base components' icon sets only the icons that are used: some thirty of more than two thousand. */
export function onlyIcons(icons) {
  const wanted = new Set(icons.map((icon) => icon.replace(':', '_')));
  return {
    name: 'only-icons',
    transform(code, id) {
      if (!/iconSvgTemplates\w*\/buildTemplates\/templates\.js$/.test(id)) return null;
      const imports = [...code.matchAll(/^import \{ default as (\w+) \} from .*$/gm)].filter((m) => wanted.has(m[1]));
      const names = imports.map((match) => match[1]);
      return { code: `${imports.map((m) => m[0]).join('\n')}\nexport default { ${names.join(', ')} };`, map: null };
    },
  };
}

/** Fills in what LWC's own build would: no server rendering, production mode. */
export function constants() {
  return {
    name: 'constants',
    transform(code) {
      if (!code.includes('import.meta.env') && !code.includes('process.env.NODE_ENV')) return null;
      return {
        code: code.replaceAll('import.meta.env.SSR', 'false').replaceAll('process.env.NODE_ENV', '"production"'),
        map: null,
      };
    },
  };
}
