import { Fault } from '../base/index.ts';

/** Where in a document something stands: names of fields and places in lists. */
export type Path = readonly (string | number)[];

export interface RuleFaultParts {
  path: Path;
  /** The part of the document as a person names it, e.g. `rule form`. */
  where: string;
  value: string;
  rule: string;
  remedy: string;
}

/** A Fault about a rule set that knows its place in the document: a text that it came from turns the place into a line. */
export type RuleFault = Fault & { readonly path: Path };

export function ruleFault({ path, where, value, rule, remedy }: RuleFaultParts): RuleFault {
  return Object.assign(new Fault({ kind: 'input', value: `${where}: ${value}`, rule, remedy }), { path });
}

export const isRuleFault = (error: unknown): error is RuleFault => error instanceof Fault && 'path' in error;
