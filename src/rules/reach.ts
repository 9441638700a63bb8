import type { RuleSet } from './parse.ts';

/** Between which points any record lies: theme by theme, what its rules can add and take, up to its cap. */
export function reach({ base, caps, rules }: RuleSet): { low: number; high: number } {
  const themes = [...new Set(rules.map(({ theme }) => theme))];
  const sum = (sign: 1 | -1): number =>
    themes.reduce((all, theme) => {
      const own = rules.filter((rule) => rule.theme === theme && rule.points * sign > 0).reduce((total, { points }) => total + points, 0);
      return all + sign * Math.min(Math.abs(own), caps[theme] ?? Infinity);
    }, 0);
  return { low: base + sum(-1), high: base + sum(1) };
}
