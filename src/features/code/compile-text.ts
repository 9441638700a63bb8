import { library } from './library.ts';

/** Compiled functions by their texts: equal ones are one, and stay as fast as they have become. */
const compiled = new Map<string, unknown>();
const MOST = 2_000;

const HEAD = `'use strict'; const { ${Object.keys(library).join(', ')} } = library; `;

/** The function that an expression of one denotes, which may name what is in `library`. */
export function compileText<T>(text: string): T {
  let found = compiled.get(text) as T | undefined;
  if (found === undefined) {
    if (compiled.size === MOST) compiled.clear();
    // oxlint-disable-next-line typescript/no-implied-eval -- the text is put together from numbers of a checked declaration
    found = new Function('library', `${HEAD}return ${text};`)(library) as T;
    compiled.set(text, found);
  }
  return found;
}
