import { quote } from '../base/index.ts';
import { OPERATORS, type Condition, type Operand, type OperandKind, type Operator, type Test } from './condition.ts';
import { ruleFault, type Path, type RuleFault } from './fault.ts';

const DEEPEST = 8;
const LONGEST = 100;

const OPERAND_WORDS: Record<OperandKind, string> = {
  number: 'needs a finite number as its value',
  scalar: 'needs a number or a text as its value',
  list: 'needs a list of numbers or texts as its value',
  none: 'takes no value',
};

const isScalar = (value: unknown): boolean => typeof value === 'string' || Number.isFinite(value);
const OPERAND_CHECKS: Record<OperandKind, (value: unknown) => boolean> = {
  number: (value) => Number.isFinite(value),
  scalar: isScalar,
  list: (value) => Array.isArray(value) && value.length > 0 && value.every(isScalar),
  none: (value) => value === undefined,
};

/** Where a condition stands, and what it may name. */
export interface ConditionContext {
  readonly where: string;
  readonly path: Path;
  readonly columns: readonly string[];
}

/** Checks one condition of a parsed document. Throws a RuleFault for an unknown feature, operator or operand, and for what joins nothing. */
export function parseCondition(raw: unknown, context: ConditionContext, depth = 1): Condition {
  if (depth > DEEPEST) throw fault(context, quote(raw), `conditions are joined at most ${DEEPEST} deep`, 'split the rule');
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw))
    throw fault(context, quote(raw), 'is no condition', 'write feature, is, value, or all, any, not');
  const joins = ['all', 'any', 'not'].filter((join) => Object.hasOwn(raw, join));
  if (joins.length === 0) return parseFields(raw as Record<string, unknown>, context);
  const [join] = joins as ('all' | 'any' | 'not')[];
  const extra = Object.keys(raw).find((key) => key !== join);
  if (extra !== undefined) throw fault(context, quote(extra), `cannot stand beside ${join}`, 'put it into a condition of its own');
  const within = (raw as Record<string, unknown>)[join!];
  if (join === 'not') return { not: parseCondition(within, at(context, 'not'), depth + 1) };
  const list = parseConditions(within, at(context, join!), depth + 1);
  return join === 'all' ? { all: list } : { any: list };
}

/** Checks a single test, of what another document says under the same words. Throws a Fault. */
export function parseTest(raw: unknown, where: string, columns: readonly string[]): Test {
  return parseFields((raw ?? {}) as Record<string, unknown>, { where, path: [], columns });
}

/** Checks a list of conditions; a single one counts as a list of it. */
export function parseConditions(raw: unknown, context: ConditionContext, depth = 1): Condition[] {
  if (!Array.isArray(raw)) return [parseCondition(raw, context, depth)];
  if (raw.length === 0) throw fault(context, '[]', 'holds no condition', 'name at least one');
  if (raw.length > LONGEST) throw fault(context, `${raw.length} conditions`, `there are at most ${LONGEST} in a list`, 'use in with a list of values');
  return raw.map((one, i) => parseCondition(one, at(context, i), depth));
}

function parseFields({ feature, is, value, ...rest }: Record<string, unknown>, context: ConditionContext): Test {
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) throw fault(at(context, extra), quote(extra), 'is no part of a condition', 'use feature, is, value, or all, any, not');
  if (typeof feature !== 'string' || !context.columns.includes(feature))
    throw fault(at(context, 'feature'), quote(feature), 'is not a declared feature', nearest(String(feature), context.columns));
  if (typeof is !== 'string' || !Object.hasOwn(OPERATORS, is))
    throw fault(at(context, 'is'), quote(is), 'is not an operator', `use one of ${Object.keys(OPERATORS).join(', ')}`);
  const operator = is as Operator;
  const need = OPERATORS[operator].operand;
  if (!OPERAND_CHECKS[need](value)) throw fault(at(context, 'value'), quote(value), `operator ${operator} ${OPERAND_WORDS[need]}`, 'change the value');
  return need === 'none' ? { feature, is: operator } : { feature, is: operator, value: value as Operand };
}

const at = (context: ConditionContext, place: string | number): ConditionContext => ({ ...context, path: [...context.path, place] });

const fault = ({ where, path }: ConditionContext, value: string, rule: string, remedy: string): RuleFault =>
  ruleFault({ where, path, value, rule, remedy });

const FEW = 6;

/** The features whose names are most like the one that was meant, by the three-letter pieces that they share. */
export function nearest(name: string, columns: readonly string[]): string {
  const pieces = piecesOf(name);
  const shared = (column: string): number => piecesOf(column).filter((piece) => pieces.includes(piece)).length;
  const near = columns.map((column) => [column, shared(column)] as const).toSorted(([, a], [, b]) => b - a);
  const shown = near.slice(0, FEW).map(([column]) => column);
  return `use one of ${shown.join(', ')}${shown.length < columns.length ? '; docs/reference/features.md has them all' : ''}`;
}

const piecesOf = (name: string): string[] => Array.from({ length: name.length }, (_, i) => `_${name}_`.slice(i, i + 3));
