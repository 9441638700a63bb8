import type { Formula } from './syntax.ts';

/** What Salesforce allows a formula field. */
export const LIMITS = { characters: 3_900, bytes: 4_000, compiled: 5_000 } as const;

/** By how much the estimate is made larger, so that what it lets through the org takes. */
const CAUTION = 1.5;

/** What stands for a field in a query, in bytes; its API name does not count. */
const FIELD = 20;
/** What a function adds to its arguments, in bytes: for each call, and for each argument. */
const CALLS: Readonly<Record<string, readonly [call: number, argument: number]>> = {
  IF: [27, 0],
  CASE: [8, 1],
  ISPICKVAL: [12, 0],
  ISBLANK: [8, 0],
  NOT: [6, 0],
  AND: [2, 5],
  OR: [2, 4],
  NOW: [30, 0],
  DATETIMEVALUE: [30, 0],
  LOWER: [7, 0],
  MID: [8, 2],
  FIND: [16, 2],
};
const OTHER = [8, 1] as const;

/**
 * At most about how many bytes a formula is as the query that Salesforce makes of it. Salesforce publishes no rule: this is half as much again
 * as the length of the plain SQL for it, and the org has the last word.
 */
export const compiledSize = (formula: Formula): number => Math.ceil(CAUTION * lengthInSql(formula));

function lengthInSql(formula: Formula): number {
  switch (formula.kind) {
    case 'number':
      return String(formula.value).length;
    case 'text':
      return new TextEncoder().encode(formula.value).length + 2;
    case 'field':
      return FIELD;
    case 'call': {
      const [call, argument] = CALLS[formula.name] ?? (/^\W/u.test(formula.name) ? [3, 0] : OTHER);
      return formula.args.reduce((sum, arg) => sum + argument + lengthInSql(arg), call);
    }
  }
}
