import type { Value } from '../trees/index.ts';
import { compileRules, type CompiledRules } from './compile.ts';
import type { Rule, RuleSet } from './parse.ts';

export interface Points {
  /** The base plus every contribution; unbounded. */
  readonly points: number;
  readonly contributions: readonly RuleContribution[];
}

export interface RuleContribution {
  readonly rule: string;
  readonly theme: string;
  /** What the rule really added, after its decay and its theme's cap. */
  readonly points: number;
  readonly sentence: string;
}

/** The last columns that each set was bound to. */
const bound = new WeakMap<RuleSet, { readonly columns: readonly string[]; readonly compiled: CompiledRules }>();

/**
 * The points of one record: `columns` names the entries of `vector`. A feature that the vector does not have counts as
 * missing. Rules count in their written order until their theme's cap is reached, so base + contributions = points. The
 * rules are bound to the columns once, for as long as both stay the same objects.
 */
export function evaluate(rules: RuleSet, columns: readonly string[], vector: readonly Value[]): Points {
  const contributions: RuleContribution[] = [];
  const points = walk(rules, columns, vector, (rule, added, told) => {
    contributions.push({ rule: rule.id, theme: rule.theme, points: added, sentence: fill(rule, told) });
  });
  return { points, contributions };
}

/** The points alone, as `evaluate` has them. */
export const pointsOf = (rules: RuleSet, columns: readonly string[], vector: readonly Value[]): number => walk(rules, columns, vector, null);

/** Points as a whole number from 0 to 100. It orders records; it is no probability. */
export function pointsScore(points: number): number {
  return Math.round(Math.min(100, Math.max(0, points)));
}

type Heard = (rule: Rule, added: number, told: Value) => void;

function walk(rules: RuleSet, columns: readonly string[], vector: readonly Value[], heard: Heard | null): number {
  const { rules: compiled, themes } = boundTo(rules, columns);
  const spent = new Float64Array(themes);
  let sum = rules.base;
  for (let i = 0; i < compiled.length; i++) {
    const one = compiled[i]!;
    if (!one.holds(vector)) continue;
    const before = spent[one.theme]!;
    const after = Math.min(one.cap, Math.max(-one.cap, before + one.points(vector)));
    if (after === before) continue;
    spent[one.theme] = after;
    sum += after - before;
    if (heard !== null) heard(one.rule, after - before, vector[one.told] ?? null);
  }
  return sum;
}

function boundTo(rules: RuleSet, columns: readonly string[]): CompiledRules {
  const known = bound.get(rules);
  if (known !== undefined && known.columns === columns) return known.compiled;
  const compiled = compileRules(rules, columns);
  bound.set(rules, { columns, compiled });
  return compiled;
}

function fill({ sentence }: Rule, value: Value): string {
  if (!sentence.includes('{n}')) return sentence;
  const shown = typeof value === 'number' ? shortNumber(value) : (value ?? 'unknown');
  return sentence.replaceAll('{n}', () => shown);
}

/** One decimal below ten, none from there. */
function shortNumber(value: number): string {
  return String(Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value));
}
