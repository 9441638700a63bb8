export { holds, parseCondition, type Condition, type Operand, type Operator } from './condition.ts';
export { DEFAULT_RULES } from './default.ts';
export { evaluate, pointsScore, type Points, type RuleContribution } from './evaluate.ts';
export { parseRules, rulesDocument, type Rule, type RulesDocument, type RuleSet } from './parse.ts';
export { formatRulesYaml, parseRulesYaml } from './yaml.ts';
