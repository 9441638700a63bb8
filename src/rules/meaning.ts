import { quote } from '../base/index.ts';
import { valueType, type FeatureSpec } from '../features/index.ts';
import { OPERATORS, type Condition, type Scalar, type Test } from './condition.ts';
import { ruleFault, type Path } from './fault.ts';
import type { Rule, RuleSet } from './parse.ts';

/**
 * Refuses what is well formed and could never mean anything with these features: an order of categories, a number compared
 * with text, points that fall with what is no age, a cap of a theme that no rule has. Throws a RuleFault.
 */
export function checkMeaning({ rules, caps }: RuleSet, features: readonly FeatureSpec[]): void {
  const specs = new Map(features.map((spec) => [spec.name, spec]));
  for (const [at, rule] of rules.entries()) checkRule(rule, ['rules', at], specs);
  const themes = new Set(rules.map(({ theme }) => theme));
  const idle = Object.keys(caps).find((theme) => !themes.has(theme));
  if (idle === undefined) return;
  throw ruleFault({ path: ['caps', idle], where: 'caps', value: quote(idle), rule: 'is the theme of no rule', remedy: `use one of ${[...themes].join(', ')}` });
}

type Specs = ReadonlyMap<string, FeatureSpec>;

function checkRule({ id, when, decay }: Rule, path: Path, specs: Specs): void {
  const where = `rule ${id}`;
  for (const [i, condition] of when.entries()) checkCondition(condition, [...path, 'when', i], where, specs);
  if (decay === undefined || isAge(specs.get(decay.since)!)) return;
  const ages = [...specs.values()].filter(isAge).map(({ name }) => name);
  throw ruleFault({
    path: [...path, 'decay', 'since'],
    where,
    value: quote(decay.since),
    rule: 'is no age in days: points cannot fall with it',
    remedy: `use one of ${ages.slice(0, 12).join(', ')}`,
  });
}

function checkCondition(condition: Condition, path: Path, where: string, specs: Specs): void {
  if ('feature' in condition) checkTest(condition, path, where, specs.get(condition.feature)!);
  else if ('not' in condition) checkCondition(condition.not, [...path, 'not'], where, specs);
  else {
    const join = 'all' in condition ? 'all' : 'any';
    const list = 'all' in condition ? condition.all : condition.any;
    for (const [i, one] of list.entries()) checkCondition(one, [...path, join, i], where, specs);
  }
}

function checkTest({ feature, is, value }: Test, path: Path, where: string, spec: FeatureSpec): void {
  const type = valueType(spec.kind);
  const { operand } = OPERATORS[is];
  if (operand === 'number' && type === 'categorical')
    throw ruleFault({ path: [...path, 'is'], where, value: quote(is), rule: `orders numbers, and ${feature} is a category`, remedy: 'use =, !=, in or not in' });
  const scalars = operand === 'none' ? [] : ([value].flat() as Scalar[]);
  const wrong = scalars.find((scalar) => (typeof scalar === 'number') !== (type === 'numeric'));
  if (wrong === undefined) return;
  const is_ = type === 'numeric' ? 'a number' : 'a category';
  throw ruleFault({ path: [...path, 'value'], where, value: quote(wrong), rule: `is never equal to ${feature}, which is ${is_}`, remedy: type === 'numeric' ? 'give a number' : 'give a text, in quotes' });
}

/** Days since something that happened. */
function isAge({ kind }: FeatureSpec): boolean {
  const own = kind.op === 'cross' ? kind.kind : kind;
  return own.op === 'since' || (own.op === 'daily' && own.read === 'age');
}
