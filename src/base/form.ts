import { Fault, quote } from './errors.ts';

/**
 * Reads one place of a file that people write: checks what stands there, and takes `before`, where it is given, for what is
 * left out. `path` names the place. Throws a Fault of kind `input` with place, value, rule and remedy.
 */
export type Form<T> = (value: unknown, path: string, before?: T) => T;

export const between =
  (min: number, max: number): Form<number> =>
  (value, path, before) => {
    if (value === undefined && before !== undefined) return before;
    if (typeof value === 'number' && value >= min && value <= max) return value;
    throw wrong(value, path, `is a number from ${min} to ${max}`);
  };

export const text: Form<string> = (value, path, before) => {
  if (value === undefined && before !== undefined) return before;
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw wrong(value, path, 'is a text');
};

/** One of the words. */
export const oneWord =
  <T extends string>(words: readonly T[]): Form<T> =>
  (value, path, before) => {
    if (value === undefined && before !== undefined) return before;
    if (words.includes(value as T)) return value as T;
    throw wrong(value, path, 'is not known here', `use ${words.join(', ')}`);
  };

/** What may be left out. */
export const optional =
  <T>(form: Form<T>): Form<T | undefined> =>
  (value, path, before) =>
    value === undefined ? before : form(value, path);

/** A record of exactly these entries; what is before may lack those that have to be given. */
export const shape =
  <T extends object>(forms: { [K in keyof T]-?: Form<T[K]> }): ((value: unknown, path: string, before?: Partial<T>) => T) =>
  (value, path, before) => {
    const given = entriesOf(value, path);
    const unknown = Object.keys(given).find((name) => !Object.hasOwn(forms, name));
    if (unknown !== undefined) throw wrong(unknown, path, 'is not known here', `use ${Object.keys(forms).join(', ')}`);
    const names = Object.keys(forms) as (keyof T & string)[];
    const read = names.flatMap((name) => {
      const one = forms[name](given[name], path === '' ? name : `${path}.${name}`, before?.[name]);
      return one === undefined ? [] : [[name, one] as const];
    });
    return Object.freeze(Object.fromEntries(read)) as T;
  };

/** A record of any names. One that is given replaces the one before as a whole. */
export const named =
  <T>(form: Form<T>): Form<Readonly<Record<string, T>>> =>
  (value, path, before) => {
    if (value === undefined && before !== undefined) return before;
    const entries = Object.entries(entriesOf(value, path));
    return Object.freeze(Object.fromEntries(entries.map(([name, one]) => [name, form(one, `${path}.${name}`)])));
  };

export const listOf =
  <T>(form: Form<T>): Form<readonly T[]> =>
  (value, path, before) => {
    if (value === undefined && before !== undefined) return before;
    if (!Array.isArray(value)) throw wrong(value, path, 'is a list');
    return Object.freeze(value.map((one: unknown, i) => form(one, `${path}[${i}]`)));
  };

export const pair =
  <A, B>(first: Form<A>, second: Form<B>): Form<readonly [A, B]> =>
  (value, path) => {
    if (!Array.isArray(value) || value.length !== 2) throw wrong(value, path, 'is a list of two');
    return [first(value[0], `${path}[0]`), second(value[1], `${path}[1]`)];
  };

/** Whether something is named entries, and no list. */
export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function entriesOf(value: unknown, path: string): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (isObject(value)) return value;
  throw wrong(value, path, 'holds named entries');
}

function wrong(value: unknown, path: string, rule: string, remedy = 'correct it there'): Fault {
  const found = value === undefined ? 'nothing' : quote(value);
  return new Fault({ kind: 'input', value: `${path === '' ? 'the file' : path}: ${found}`, rule, remedy });
}
