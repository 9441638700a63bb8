import type { Rule, RuleSet } from '../parse.ts';
import type { Logic } from './logic.ts';
import { numberLiteral } from './literal.ts';

/** A rule with its conditions as a formula. */
export interface SaidRule {
  readonly rule: Rule;
  readonly holds: Logic;
}

/** The points as a formula of numbers: the base and each theme's sum, cut where the rules' own order cuts it. */
export function sumOf({ base, caps }: Pick<RuleSet, 'base' | 'caps'>, rules: readonly SaidRule[]): string {
  const themes = [...new Set(rules.map(({ rule }) => rule.theme))];
  const sums = themes.map((theme) => themeSum(rules.filter(({ rule }) => rule.theme === theme), caps[theme] ?? Infinity));
  return plus([literal(base), ...sums.filter((sum) => sum !== '0')]);
}

/**
 * Rules of one sign in a row reach the cap together or not at all, so one cut after each such run gives what a cut after
 * each rule gives.
 */
function themeSum(rules: readonly SaidRule[], cap: number): string {
  let sum = '0';
  let low = 0;
  let high = 0;
  for (const run of runsOf(rules.filter(({ rule, holds }) => holds !== false && rule.points !== 0))) {
    const terms = run.map(({ rule, holds }) => (holds === true ? literal(rule.points) : `IF(${holds},${literal(rule.points)},0)`));
    const total = run.reduce((all, { rule }) => all + rule.points, 0);
    const always = run.reduce((all, { rule, holds }) => all + (holds === true ? rule.points : 0), 0);
    sum = plus([...(sum === '0' ? [] : [sum]), ...terms]);
    low += Math.min(total, always);
    high += Math.max(total, always);
    if (high > cap) [sum, high, low] = [`MIN(${literal(cap)},${sum})`, cap, Math.min(low, cap)];
    if (low < -cap) [sum, low, high] = [`MAX(${literal(-cap)},${sum})`, -cap, Math.max(high, -cap)];
  }
  return sum;
}

const plus = (terms: readonly string[]): string => terms.reduce((sum, term) => (term.startsWith('-') ? sum + term : `${sum}+${term}`));

function runsOf(rules: readonly SaidRule[]): SaidRule[][] {
  const runs: SaidRule[][] = [];
  for (const one of rules) {
    const last = runs.at(-1);
    if (last !== undefined && Math.sign(last[0]!.rule.points) === Math.sign(one.rule.points)) last.push(one);
    else runs.push([one]);
  }
  return runs;
}

/** Points lie in a range and with digits that a formula can write. */
const literal = (points: number): string => numberLiteral(points) ?? points.toFixed(6);
