import type { EventSchema, Fields, Scope, VersionSchema } from '../schema.ts';

/** What a catalogue page says of many types at once. */
export interface Common {
  /** The first is what a bare `subject` means. */
  readonly kinds: EventSchema['kinds'];
  readonly scopes: readonly Scope[];
}

/** A maker of types of one version that share their kinds and scopes. */
export const typesOf =
  ({ kinds, scopes }: Common) =>
  (code: number, name: string, fields: Fields = {}, rest: Omit<VersionSchema, 'fields'> = {}): EventSchema => ({
    name,
    code,
    kinds,
    scopes,
    versions: [{ fields, ...rest }],
  });
