import { Fault, listOf, oneWord, quote, shape, text, type Form } from '../../base/index.ts';
import { parseCondition, type Condition } from '../../rules/index.ts';
import type { FlagSpec } from './flag.ts';

const ID = /^[a-z][a-z0-9-]{0,39}$/u;
/** They say where a record stands; a flag of the same name would hide that. */
const TAKEN = new Set(['deleted', 'converted', 'closed', 'objected', 'dismissed', 'snoozed', 'touched', 'account', 'fatigued', 'absent']);

/** The key `flags` of a policy, checked. `columns`: the features that may be named; null: any. Throws a Fault. */
export const flags =
  (columns: readonly string[] | null): Form<readonly FlagSpec[]> =>
  (value, path, before) => {
    const read = listOf(flag(columns))(value, path, before);
    const twice = read.find(({ id }, at) => read.findIndex((one) => one.id === id) < at);
    if (twice !== undefined) throw fault(`${path}: ${quote(twice.id)}`, 'is the id of two flags', 'rename one of them');
    return read;
  };

const flag =
  (columns: readonly string[] | null): Form<FlagSpec> =>
  (value, path) => {
    const forms = { id, words: text, do: oneWord(['flag', 'leave-out']), when: when(columns), same };
    const read = shape<FlagSpec>(forms)(value, path, { when: [], same: null } as unknown as FlagSpec);
    if ((read.same === null) === (read.when.length > 0)) return read;
    throw fault(path, 'is either by when or by same', 'write a condition, or same: person or account');
  };

const id: Form<string> = (value, path) => {
  if (typeof value === 'string' && ID.test(value) && !TAKEN.has(value)) return value;
  throw fault(`${path}: ${quote(value ?? null)}`, 'is no id of a flag', `use small letters and dashes, and none of ${[...TAKEN].join(', ')}`);
};

const same: Form<FlagSpec['same']> = (value, path, before = null) =>
  value === undefined || value === null ? before : oneWord(['person', 'account'] as const)(value, path);

const when =
  (columns: readonly string[] | null): Form<readonly Condition[]> =>
  (value, path, before) => {
    if (value === undefined && before !== undefined) return before;
    return listOf((one: unknown, where: string) => parseCondition(one, where, columns ?? named(one)))(value, path);
  };

/** Where any feature may be named, the one that is. */
const named = (raw: unknown): string[] => {
  const feature = (raw as { feature?: unknown } | null)?.feature;
  return typeof feature === 'string' ? [feature] : [];
};

const fault = (value: string, rule: string, remedy: string): Fault => new Fault({ kind: 'input', value, rule, remedy });
