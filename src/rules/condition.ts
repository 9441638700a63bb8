import { Fault, quote } from '../base/index.ts';
import type { Value } from '../trees/index.ts';

/** One test of one feature. Every comparison with a missing value is false; only `missing` sees it. */
export interface Condition {
  readonly feature: string;
  readonly is: Operator;
  /** A number for an order, a number or text for an equality, a list for `in` and `not in`, absent for the rest. */
  readonly value?: Operand;
}

export type Operand = number | string | readonly (number | string)[];
export type Operator = keyof typeof OPERATORS;

type Test = (value: number | string, operand: Operand) => boolean;
interface OperatorRule {
  operand: 'number' | 'scalar' | 'list' | 'none';
  test: Test;
}

const OPERATORS = {
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

const OPERAND_WORDS = {
  number: 'needs a finite number as its value',
  scalar: 'needs a number or a text as its value',
  list: 'needs a list of numbers or texts as its value',
  none: 'takes no value',
};

/** True when `value` passes the condition. NaN counts as missing, as it does in a model. */
export function holds(condition: Condition, value: Value): boolean {
  if (value === null || value !== value) return condition.is === 'missing';
  return OPERATORS[condition.is].test(value, condition.value as Operand);
}

/** Checks one condition of a parsed document. Throws a Fault for an unknown feature, operator or operand. */
export function parseCondition(raw: unknown, where: string, columns: readonly string[]): Condition {
  const { feature, is, value, ...rest } = (raw ?? {}) as Record<string, unknown>;
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) throw ruleFault(where, quote(extra), 'is no part of a condition', 'use feature, is, value');
  if (typeof feature !== 'string' || !columns.includes(feature))
    throw ruleFault(where, quote(feature), 'is not a declared feature', `use one of ${columns.join(', ')}`);
  if (typeof is !== 'string' || !Object.hasOwn(OPERATORS, is))
    throw ruleFault(where, quote(is), 'is not an operator', `use one of ${Object.keys(OPERATORS).join(', ')}`);
  const operator = is as Operator;
  const need = OPERATORS[operator].operand;
  if (!OPERAND_CHECKS[need](value))
    throw ruleFault(where, quote(value), `operator ${operator} ${OPERAND_WORDS[need]}`, 'change the value');
  return need === 'none' ? { feature, is: operator } : { feature, is: operator, value: value as Operand };
}

const isScalar = (value: unknown): boolean => typeof value === 'string' || Number.isFinite(value);
const OPERAND_CHECKS: Record<OperatorRule['operand'], (value: unknown) => boolean> = {
  number: (value) => Number.isFinite(value),
  scalar: isScalar,
  list: (value) => Array.isArray(value) && value.length > 0 && value.every(isScalar),
  none: (value) => value === undefined,
};

/** A Fault about the rule set, naming the place in it. */
export function ruleFault(where: string, value: string, rule: string, remedy: string): Fault {
  return new Fault({ kind: 'input', value: `${where}: ${value}`, rule, remedy });
}
