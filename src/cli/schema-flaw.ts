import type { TSchema } from 'typebox';
import { Errors } from 'typebox/value';
import { quote } from '../base/index.ts';

/** What a schema refuses: the place with what stands there, and the rule. */
export interface Flaw {
  readonly value: string;
  readonly rule: string;
}

const depthOf = (path: string): number => path.split('/').length;

/**
 * The flaw of a document, in words; null where the schema takes it. Of several it is the one that lies deepest: a choice among shapes
 * is refused by each of them, at its top by those that are not meant.
 */
export function schemaFlaw(schema: TSchema, document: unknown): Flaw | null {
  const errors = Errors(schema, document);
  if (errors.length === 0) return null;
  const deepest = Math.max(...errors.map(({ instancePath }) => depthOf(instancePath)));
  const path = errors.find(({ instancePath }) => depthOf(instancePath) === deepest)!.instancePath;
  const places = path.split('/').slice(1);
  const found = places.reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], document);
  const here = errors.filter(({ instancePath }) => instancePath === path);
  return { value: `${places.length === 0 ? 'the file' : places.join('.')}: ${quote(found)}`, rule: ruleOf(here) };
}

function ruleOf(errors: ReturnType<typeof Errors>): string {
  if (errors.some(({ keyword }) => keyword === 'boolean')) return 'is not known here';
  const words = errors.flatMap((error) => (error.keyword === 'const' ? [String(error.params.allowedValue)] : []));
  if (words.length === 0) return errors.find(({ keyword }) => keyword !== 'anyOf')!.message;
  const isNested = errors.some((error) => error.keyword === 'type' && error.params.type === 'object');
  return `is ${[...words, ...(isNested ? ['fields of its own'] : [])].join(' or ')}`;
}
