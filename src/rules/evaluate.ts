import type { Value } from '../trees/index.ts';
import { holds } from './condition.ts';
import type { Rule, RuleSet } from './parse.ts';

export interface Points {
  /** The base plus every contribution; unbounded. */
  readonly points: number;
  readonly contributions: readonly RuleContribution[];
}

export interface RuleContribution {
  readonly rule: string;
  readonly theme: string;
  /** What the rule really added, after its theme's cap. */
  readonly points: number;
  readonly sentence: string;
}

/**
 * The points of one record: `columns` names the entries of `vector`. A feature that the vector does not have counts as
 * missing. Rules count in their written order until their theme's cap is reached, so base + contributions = points.
 */
export function evaluate(rules: RuleSet, columns: readonly string[], vector: readonly Value[]): Points {
  const valueOf = (feature: string): Value => vector[columns.indexOf(feature)] ?? null;
  const spent = new Map<string, number>();
  const contributions: RuleContribution[] = [];
  let sum = rules.base;
  for (const rule of rules.rules) {
    if (!rule.when.every((condition) => holds(condition, valueOf(condition.feature)))) continue;
    const before = spent.get(rule.theme) ?? 0;
    const after = clamp(before + rule.points, rules.caps[rule.theme] ?? Infinity);
    if (after === before) continue;
    spent.set(rule.theme, after);
    sum += after - before;
    const sentence = fill(rule, valueOf(rule.when[0]!.feature));
    contributions.push({ rule: rule.id, theme: rule.theme, points: after - before, sentence });
  }
  return { points: sum, contributions };
}

/** Points as a whole number from 0 to 100. It orders records; it is no probability. */
export function pointsScore(points: number): number {
  return Math.round(Math.min(100, Math.max(0, points)));
}

function clamp(value: number, size: number): number {
  return Math.min(size, Math.max(-size, value));
}

function fill(rule: Rule, value: Value): string {
  const shown = typeof value === 'number' ? shortNumber(value) : (value ?? 'unknown');
  return rule.sentence.replaceAll('{n}', () => shown);
}

/** One decimal below ten, none from there. */
function shortNumber(value: number): string {
  return String(Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value));
}
