import { Fault, quote } from '../../base/index.ts';

/** Reads one place of a parameter file: the value there, over the one that it replaces. */
export type Form<T> = (value: unknown, path: string, before: T | undefined) => T;

export const between =
  (min: number, max: number): Form<number> =>
  (value, path, before) => {
    if (value === undefined && before !== undefined) return before;
    if (typeof value === 'number' && value >= min && value <= max) return value;
    throw wrong(value, path, `is a number from ${min} to ${max}`);
  };

export const text: Form<string> = (value, path, before) => {
  if (value === undefined && before !== undefined) return before;
  if (typeof value === 'string' && value !== '') return value;
  throw wrong(value, path, 'is a text');
};

/** A record of exactly these entries. */
export const shape =
  <T extends object>(forms: { [K in keyof T]: Form<T[K]> }): Form<T> =>
  (value, path, before) => {
    const given = entriesOf(value, path);
    const unknown = Object.keys(given).find((name) => !Object.hasOwn(forms, name));
    if (unknown !== undefined) {
      throw wrong(unknown, path, 'is no parameter here', `use ${Object.keys(forms).join(', ')}`);
    }
    const names = Object.keys(forms) as (keyof T & string)[];
    const read = names.map((name) => [name, forms[name](given[name], `${path}${path && '.'}${name}`, before?.[name])]);
    return Object.freeze(Object.fromEntries(read)) as T;
  };

/** A record of any names; one that is given replaces the one before as a whole. */
export const named =
  <T>(form: Form<T>): Form<Readonly<Record<string, T>>> =>
  (value, path, before) => {
    if (value === undefined && before !== undefined) return before;
    const entries = Object.entries(entriesOf(value, path));
    return Object.freeze(Object.fromEntries(entries.map(([name, one]) => [name, form(one, `${path}.${name}`, undefined)])));
  };

export const pair =
  (first: Form<number>, second: Form<number>): Form<readonly [number, number]> =>
  (value, path) => {
    if (!Array.isArray(value) || value.length !== 2) throw wrong(value, path, 'is a list of two numbers');
    return [first(value[0], `${path}[0]`, undefined), second(value[1], `${path}[1]`, undefined)];
  };

function entriesOf(value: unknown, path: string): Record<string, unknown> {
  if (value === undefined) return {};
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw wrong(value, path === '' ? 'the world' : path, 'holds named parameters');
}

function wrong(value: unknown, path: string, rule: string, remedy = 'see src/sandbox/worlds/default.yaml'): Fault {
  return new Fault({ kind: 'input', value: `${path} ${quote(value)}`, rule, remedy });
}
