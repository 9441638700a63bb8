import type { Value } from '../trees/index.ts';
import { OPERATORS, testsOf, type Condition, type Operand, type Test } from './condition.ts';
import { decayed } from './decay.ts';
import type { Rule, RuleSet } from './parse.ts';

type Vector = readonly Value[];
type Check = (vector: Vector) => boolean;

/** A rule whose features are places in a vector. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly holds: Check;
  /** Its points for this vector, before its theme's cap. */
  readonly points: (vector: Vector) => number;
  /** The number of its theme, and that theme's cap. */
  readonly theme: number;
  readonly cap: number;
  /** The place of the value that its sentence tells. */
  readonly told: number;
}

export interface CompiledRules {
  readonly rules: readonly CompiledRule[];
  /** How many themes there are. */
  readonly themes: number;
}

/** Binds the rules to the columns of a vector. A feature that the vector does not have counts as missing. */
export function compileRules({ rules, caps }: RuleSet, columns: readonly string[]): CompiledRules {
  const places = new Map(columns.map((name, at) => [name, at]));
  const place = (feature: string): number => places.get(feature) ?? columns.length;
  const themes = [...new Set(rules.map(({ theme }) => theme))];
  return {
    themes: themes.length,
    rules: rules.map((rule) => ({
      rule,
      holds: allOf(rule.when.map((condition) => checkOf(condition, place))),
      points: pointsOf(rule, place),
      theme: themes.indexOf(rule.theme),
      cap: caps[rule.theme] ?? Infinity,
      told: place(testsOf(rule.when[0]!)[0]!.feature),
    })),
  };
}

type Place = (feature: string) => number;

function pointsOf({ points, decay }: Rule, place: Place): CompiledRule['points'] {
  if (decay === undefined) return () => points;
  const at = place(decay.since);
  return (vector) => {
    const age = vector[at];
    return typeof age === 'number' ? decayed(points, decay, age) : 0;
  };
}

function checkOf(condition: Condition, place: Place): Check {
  if ('feature' in condition) return testOf(condition, place(condition.feature));
  if ('all' in condition) return allOf(condition.all.map((one) => checkOf(one, place)));
  if ('any' in condition) return anyOf(condition.any.map((one) => checkOf(one, place)));
  const inner = checkOf(condition.not, place);
  return (vector) => !inner(vector);
}

/** As `holds`, with the value's place and the operator looked up once. */
function testOf({ is, value: operand }: Test, at: number): Check {
  const whenMissing = is === 'missing';
  const test: (value: number | string, operand: Operand) => boolean = OPERATORS[is].test;
  return (vector) => {
    const value = vector[at];
    return value === undefined || value === null || value !== value ? whenMissing : test(value, operand as Operand);
  };
}

function allOf(checks: readonly Check[]): Check {
  if (checks.length === 1) return checks[0]!;
  return (vector) => {
    for (let i = 0; i < checks.length; i++) if (!checks[i]!(vector)) return false;
    return true;
  };
}

function anyOf(checks: readonly Check[]): Check {
  if (checks.length === 1) return checks[0]!;
  return (vector) => {
    for (let i = 0; i < checks.length; i++) if (checks[i]!(vector)) return true;
    return false;
  };
}
