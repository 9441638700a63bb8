import { basename } from 'node:path';
import { styleText } from 'node:util';
import { Fault, writeFileAtomic } from '../base/index.ts';
import type { SubjectId } from '../events/index.ts';
import type { TargetName } from '../features/index.ts';
import { renderRules } from '../report/index.ts';
import { compareRules, compileFormula, type Comparison, type History, type Mover, type RuleSet } from '../rules/index.ts';
import { step } from './progress.ts';
import { ruleFeatures, withRulesCell, type RulesCell, type RulesScope } from './rules-cell.ts';
import { loadRules } from './rules-file.ts';
import { objectFields } from './rules-formula.ts';
import { historyOf, type HistoryWanted } from './rules-history.ts';

export interface DryRunVerb extends RulesScope, HistoryWanted {
  path: string;
  /** Where a page with pictures is written. */
  html?: string | undefined;
}

export interface DryRun {
  readonly target: TargetName;
  readonly present: RuleSet;
  readonly next: RuleSet;
  readonly comparison: Comparison;
  /** How people know a record: by its id in its own system. */
  readonly nameOf: (subject: string) => string;
}

/** What is ranked, in words. */
const RECORDS: Readonly<Record<TargetName, string>> = { lead: 'leads', opportunity: 'opportunities' };

/** Tries a rules file on history beside the set that decides. Throws a Fault, also for a history in which nothing converted. */
export async function dryRun(verb: DryRunVerb): Promise<DryRun> {
  return withRulesCell(verb, async (cell) => {
    const { rules: next, formula: settings } = loadRules(verb.path, cell.features);
    const history = await historyOf('rules dry-run', verb, cell);
    const rates = new Set(history.labels);
    if (rates.size < 2) throw new Fault({ kind: 'conflict', value: `${history.labels.length} samples`, rule: 'have one outcome only', remedy: 'wait for more history, or name another with --against' });
    const present = cell.deciding.rules;
    const comparison = await step('Comparing', () => compareRules({ present, next, part: partOf(next, verb, settings) }, history));
    const names = namesOf(cell, comparison);
    const nameOf = (subject: string): string => names.get(subject) ?? subject;
    if (verb.html !== undefined) writeFileAtomic(verb.html, renderRules({ file: basename(verb.path), records: RECORDS[verb.target], present, next, history: describe(history), comparison, nameOf }));
    return { target: verb.target, present, next, comparison, nameOf };
  });
}

/** The part that the org's formula has; none where nothing can be said, or too much. */
function partOf(next: RuleSet, scope: RulesScope, settings: Parameters<typeof compileFormula>[1]['settings']): RuleSet | undefined {
  try {
    return compileFormula(next, { features: ruleFeatures(scope), settings, object: objectFields(scope) }).part;
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

function namesOf({ cell }: RulesCell, { movers }: Comparison): Map<string, string> {
  return new Map([...movers.up, ...movers.down].flatMap(({ subject }) => {
    const name = cell.identities.externalOf(subject as SubjectId);
    return name === undefined ? [] : [[subject, name] as const];
  }));
}

function describe({ times }: History): string {
  const [first, last] = times.reduce(([low, high], time) => [Math.min(low, time), Math.max(high, time)], [Infinity, -Infinity]);
  return `From ${new Date(first).toISOString().slice(0, 10)} to ${new Date(last).toISOString().slice(0, 10)}`;
}

/** The comparison for people. */
export function dryRunText({ target, present, next, comparison, nameOf }: DryRun): string {
  const { samples, records, positives, gain, agreement, formula, rules, movers } = comparison;
  const count = (n: number): string => n.toLocaleString('en');
  const signed = (value: number, digits: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
  const width = Math.max(...rules.map(({ rule }) => rule.length), 10);
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const cells = (...texts: readonly string[]): string => `  ${texts.map((text, i) => (i === 0 ? text.padEnd(width) : text.padStart(13))).join('')}`;
  const tops = comparison.next.tops.flatMap((top, i) => {
    const was = comparison.present.tops[i]!;
    return top.share > 0.5 ? [] : [cells(`top ${Math.round(top.share * 100)} %`, was.lift.toFixed(2), top.lift.toFixed(2), percent(was.captured), percent(top.captured))];
  });
  const mover = ({ subject, from, to, before, after, rules: why }: Mover): string =>
    `  ${nameOf(subject)}  ${percent(from)} → ${percent(to)} from the top, ${round(before)} → ${round(after)} points${why.length === 0 ? '; others moved past it' : `: ${why.map(({ rule, points }) => `${rule} ${signed(points, 1)}`).join(', ')}`}`;
  return [
    `${count(samples)} samples of ${count(records)} ${RECORDS[target]}, ${count(positives)} positive: version ${next.version} beside version ${present.version}, which decides`,
    '',
    `AUC ${comparison.next.auc.toFixed(3)}, now ${comparison.present.auc.toFixed(3)}: ${signed(gain.auc.value, 3)} (95 %: ${signed(gain.auc.low, 3)} to ${signed(gain.auc.high, 3)})`,
    `lift of the top tenth ${signed(gain.lift.value, 2)} (95 %: ${signed(gain.lift.low, 2)} to ${signed(gain.lift.high, 2)})`,
    `same order as now: Kendall ${agreement.kendall.toFixed(3)}, Spearman ${agreement.spearman.toFixed(3)}`,
    formula === null ? 'formula in the org: none' : `formula in the org beside these rules: Kendall ${formula.kendall.toFixed(3)}, Spearman ${formula.spearman.toFixed(3)}; AUC ${formula.auc.toFixed(3)}`,
    '',
    styleText('bold', cells('', 'lift now', 'new', 'captured now', 'new')),
    ...tops,
    '',
    styleText('bold', cells('rule', 'counts for', 'points', 'lift')),
    ...rules.map(({ rule, share, points, lift }) => cells(rule, percent(share), points.toFixed(1), Number.isNaN(lift) ? '–' : lift.toFixed(2))),
    '',
    `${styleText('bold', 'Chances')} of points, as the samples have them; a rule set may declare them:`,
    `  chances: [${comparison.chances.map(([points, share]) => `[${points}, ${share}]`).join(', ')}]`,
    '',
    ...(movers.up.length + movers.down.length === 0 ? ['Nobody moves.'] : [styleText('bold', 'Up'), ...movers.up.map(mover), styleText('bold', 'Down'), ...movers.down.map(mover)]),
    '',
  ].join('\n');
}

const round = (points: number): number => Math.round(points * 10) / 10;
