import { Fault } from '../../base/index.ts';
import type { FeatureSpec } from '../../features/index.ts';
import { testsOf, type Test } from '../condition.ts';
import { deepFreeze, type Rule, type RuleSet } from '../parse.ts';
import { express, expressTest } from './express.ts';
import { both, type Logic } from './logic.ts';
import { compiledSize, LIMITS } from './size.ts';
import { sourceOf, type ObjectFields, type Source, type Unsayable } from './source.ts';
import type { FormulaSettings } from './settings.ts';
import { sumOf, type SaidRule } from './sum.ts';
import { parseFormula } from './syntax.ts';

export interface FormulaOptions {
  readonly features: readonly FeatureSpec[];
  readonly settings: FormulaSettings;
  readonly object: ObjectFields | null;
}

/** One rule, and whether the formula has it. */
export interface RuleMark {
  readonly rule: string;
  readonly said: boolean;
  /** Why the formula leaves it out; null where it does not. */
  readonly why: string | null;
  readonly conditions: readonly { readonly test: string; readonly said: boolean; readonly why: string | null }[];
}

export interface CompiledFormula {
  /** The points as a whole number from 0 to 100, as level L3 shows them. */
  readonly formula: string;
  /** The same points, neither cut nor rounded. */
  readonly points: string;
  readonly characters: number;
  readonly bytes: number;
  /** Estimated, in bytes. */
  readonly compiled: number;
  readonly marks: readonly RuleMark[];
  /** The rules that the formula has: it gives the points of this set. */
  readonly part: RuleSet;
  /** How the formula has the features of its part. */
  readonly sources: ReadonlyMap<string, Source>;
}

/**
 * Makes a formula field of the part of a rule set that a field of the record's own object can express. Rules are left out
 * whole. Throws a Fault where nothing can be said, and where the formula grows past a limit, with the rule that broke it.
 */
export function compileFormula(rules: RuleSet, { features, settings, object }: FormulaOptions): CompiledFormula {
  const specs = new Map(features.map((spec) => [spec.name, spec]));
  const sources = new Map([...specs].map(([name, spec]) => [name, sourceOf(spec, { settings, object })]));
  const find = (feature: string): Source | Unsayable => sources.get(feature)!;
  const said: SaidRule[] = [];
  const marks = rules.rules.map((rule): RuleMark => {
    const holds = sayRule(rule, settings.leaveOut, find);
    if (typeof holds !== 'object') said.push({ rule, holds });
    const conditions = rule.when.flatMap(testsOf).map((test) => markOf(test, find));
    return { rule: rule.id, said: typeof holds !== 'object', why: typeof holds === 'object' ? holds.why : null, conditions };
  });
  if (said.length === 0)
    throw new Fault({ kind: 'input', value: `version ${rules.version}`, rule: 'has no rule that a formula can express', remedy: 'add rules on fields of the record, or name fields under formula.fields' });
  const used = new Set(said.flatMap(({ rule }) => rule.when.flatMap(testsOf).map(({ feature }) => feature)));
  return {
    ...fitted(rules, said),
    marks,
    part: deepFreeze({ ...rules, rules: said.map(({ rule }) => rule) }),
    sources: new Map([...used].map((feature) => [feature, sources.get(feature) as Source])),
  };
}

function sayRule({ id, when, decay }: Rule, leaveOut: readonly string[], find: (feature: string) => Source | Unsayable): Logic | Unsayable {
  if (leaveOut.includes(id)) return { why: 'the rules file leaves it out' };
  const parts = when.map((condition) => express(condition, find));
  const unsaid = parts.find((part) => typeof part === 'object');
  if (unsaid !== undefined) return named(unsaid, when.flatMap(testsOf), find);
  if (decay !== undefined) return { why: `its points fall with ${decay.since}, and a formula knows no decay` };
  return both(...(parts as Logic[]));
}

/** Says which feature it is that cannot be said. */
function named(unsaid: Unsayable, tests: readonly Test[], find: (feature: string) => Source | Unsayable): Unsayable {
  const test = tests.find((one) => (expressTest(one, find(one.feature)) as Unsayable).why === unsaid.why)!;
  return { why: `${test.feature} ${unsaid.why}` };
}

function markOf(test: Test, find: (feature: string) => Source | Unsayable): RuleMark['conditions'][number] {
  const logic = expressTest(test, find(test.feature));
  const text = [test.feature, test.is, ...(test.value === undefined ? [] : [JSON.stringify(test.value)])].join(' ');
  return { test: text, said: typeof logic !== 'object', why: typeof logic === 'object' ? logic.why : null };
}

/** The formula of the rules, within the limits of Salesforce. */
function fitted(set: RuleSet, said: readonly SaidRule[]): Pick<CompiledFormula, 'formula' | 'points' | 'characters' | 'bytes' | 'compiled'> {
  const whole = measured(set, said);
  if (exceeded(whole) === null) return whole;
  const length = said.findIndex((_, at) => exceeded(measured(set, said.slice(0, at + 1))) !== null) + 1;
  const breaking = measured(set, said.slice(0, length));
  const [size, rule] = exceeded(breaking)!;
  const { id } = said[length - 1]!.rule;
  throw new Fault({
    kind: 'too-large',
    value: `rule ${id}: ${size}`,
    rule,
    remedy: `name ${said.slice(length - 1).map((one) => one.rule.id).slice(0, 6).join(', ')}, or longer rules before, under formula.leave_out, or shorten their lists`,
  });
}

function measured(set: RuleSet, said: readonly SaidRule[]): Pick<CompiledFormula, 'formula' | 'points' | 'characters' | 'bytes' | 'compiled'> {
  const points = sumOf(set, said);
  const formula = `ROUND(MIN(100,MAX(0,${points})),0)`;
  return { formula, points, characters: formula.length, bytes: new TextEncoder().encode(formula).length, compiled: compiledSize(parseFormula(formula)) };
}

function exceeded({ characters, bytes, compiled }: Pick<CompiledFormula, 'characters' | 'bytes' | 'compiled'>): [size: string, rule: string] | null {
  if (characters > LIMITS.characters) return [`${characters} characters`, `a formula field has at most ${LIMITS.characters}`];
  if (bytes > LIMITS.bytes) return [`${bytes} bytes`, `a formula field has at most ${LIMITS.bytes}`];
  if (compiled > LIMITS.compiled) return [`about ${compiled} bytes when compiled`, `a formula field has at most ${LIMITS.compiled}`];
  return null;
}
