import type { Value } from '../trees/index.ts';

/** What must hold for a rule to count: a test, or conditions joined. */
export type Condition =
  | Test
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** One test of one feature. Every comparison with a missing value is false; only `missing` sees it. */
export interface Test {
  readonly feature: string;
  readonly is: Operator;
  /** A number for an order, a number or text for an equality, a list for `in` and `not in`, absent for the rest. */
  readonly value?: Operand;
}

export type Scalar = number | string;
export type Operand = Scalar | readonly Scalar[];
export type Operator = keyof typeof OPERATORS;
export type OperandKind = 'number' | 'scalar' | 'list' | 'none';

interface OperatorRule {
  operand: OperandKind;
  /** Of a value that is there. */
  test: (value: Scalar, operand: Operand) => boolean;
}

export const OPERATORS = {
  '>=': { operand: 'number', test: (value, operand) => typeof value === 'number' && value >= (operand as number) },
  '>': { operand: 'number', test: (value, operand) => typeof value === 'number' && value > (operand as number) },
  '<=': { operand: 'number', test: (value, operand) => typeof value === 'number' && value <= (operand as number) },
  '<': { operand: 'number', test: (value, operand) => typeof value === 'number' && value < (operand as number) },
  '=': { operand: 'scalar', test: (value, operand) => value === operand },
  '!=': { operand: 'scalar', test: (value, operand) => value !== operand },
  in: { operand: 'list', test: (value, operand) => (operand as readonly unknown[]).includes(value) },
  'not in': { operand: 'list', test: (value, operand) => !(operand as readonly unknown[]).includes(value) },
  missing: { operand: 'none', test: () => false },
  present: { operand: 'none', test: () => true },
} as const satisfies Record<string, OperatorRule>;

/** True when `value` passes the test. NaN counts as missing, as it does in a model. */
export function holds({ is, value: operand }: Test, value: Value): boolean {
  if (value === null || value !== value) return is === 'missing';
  return OPERATORS[is].test(value, operand as Operand);
}

/** The tests of a condition, in their written order. */
export function testsOf(condition: Condition): readonly Test[] {
  if ('feature' in condition) return [condition];
  if ('not' in condition) return testsOf(condition.not);
  return ('all' in condition ? condition.all : condition.any).flatMap(testsOf);
}
