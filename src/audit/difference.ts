import { isDeepStrictEqual } from 'node:util';

/** A field that came out otherwise than it was recorded. */
export interface Difference {
  readonly field: string;
  readonly recorded: unknown;
  readonly computed: unknown;
}

/** The fields in which two records differ, by `Object.is` at every depth. */
export function differencesOf<K extends string>(
  recorded: { readonly [P in K]?: unknown },
  computed: { readonly [P in K]?: unknown },
  keys: readonly K[],
): Difference[] {
  return keys
    .filter((field) => !isDeepStrictEqual(recorded[field], computed[field]))
    .map((field) => ({ field, recorded: recorded[field], computed: computed[field] }));
}
