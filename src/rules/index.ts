export { runCase, type CaseResult, type RuleCase } from './case.ts';
export { holds, type Operand, type Operator, type Test as Condition } from './condition.ts';
export { DEFAULT_RULES } from './default.ts';
export { evaluate, pointsOf, pointsScore, type Points, type RuleContribution } from './evaluate.ts';
export { parseTest as parseCondition } from './parse-condition.ts';
export { parseRules, rulesDocument, type Rule, type RulesDocument, type RuleSet } from './parse.ts';
export { reach } from './reach.ts';
export { formatRules, readCases, readRules, type RulesFile } from './yaml.ts';
