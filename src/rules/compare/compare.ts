import type { Dataset } from '../../trees/index.ts';
import type { RuleSet } from '../parse.ts';
import type { Chances } from '../chances.ts';
import { agreementOf, midranks, type Agreement } from './agreement.ts';
import { chancesOfHistory } from './chances.ts';
import { gainOf, type Interval } from './interval.ts';
import { qualityOf, rankingOf, type Quality } from './ranking.ts';
import { ruledTable, type RuledTable } from './table.ts';

/** Records at moments of the past, and what became of them. */
export interface History {
  readonly data: Dataset;
  /** 1 where the outcome came, else 0. */
  readonly labels: Float64Array;
  readonly weights: Float64Array;
  /** ms. */
  readonly times: Float64Array;
  readonly subjects: readonly string[];
  /** One number a record. */
  readonly groups: Int32Array;
}

export interface Comparison {
  readonly samples: number;
  readonly records: number;
  readonly positives: number;
  readonly present: Quality;
  readonly next: Quality;
  /** What the next set gains; `lift` of the top tenth. */
  readonly gain: { readonly auc: Interval; readonly lift: Interval };
  readonly agreement: Agreement;
  /** What the samples say of the next set's points. */
  readonly chances: Chances;
  /** Of the next set with the part of it that the org's formula has; null where there is none. */
  readonly formula: (Agreement & { readonly auc: number }) | null;
  readonly rules: readonly RuleRecord[];
  readonly movers: { readonly up: readonly Mover[]; readonly down: readonly Mover[] };
}

/** What one rule of the next set did. */
export interface RuleRecord {
  readonly rule: string;
  readonly theme: string;
  /** For which share of the samples it counted. */
  readonly share: number;
  /** The rate of positives among them, over the overall rate; NaN where they are fewer than 30. */
  readonly lift: number;
  /** What it added on the mean where it counted. */
  readonly points: number;
}

/** A record that one set ranks otherwise than the other, at its newest sample. */
export interface Mover {
  readonly subject: string;
  readonly time: number;
  /** Places from the top as shares of all: 0 is the first. */
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
  /** The rules that count otherwise, with the points that they add now less those before. */
  readonly rules: readonly { readonly rule: string; readonly points: number }[];
}

export const SHARES = [0.01, 0.05, ...Array.from({ length: 10 }, (_, i) => (i + 1) / 10)] as const;
const MOVERS = 5;
const FEWEST = 30;

export interface CompareOptions {
  readonly present: RuleSet;
  readonly next: RuleSet;
  /** The part of the next set that a formula has. */
  readonly part?: RuleSet | undefined;
}

/** How alike two rule sets order the same samples. */
export const rulesAgreement = (a: RuleSet, b: RuleSet, data: Dataset): Agreement => agreementOf(ruledTable(a, data).points(), ruledTable(b, data).points());

/** What a rule set would have ranked, beside the one that decides: on the same samples of history. */
export function compareRules({ present, next, part }: CompareOptions, history: History): Comparison {
  const { data, labels, weights, groups } = history;
  const [before, after] = [ruledTable(present, data), ruledTable(next, data)];
  const [old, fresh] = [before.points(), after.points()];
  const [oldRanking, freshRanking] = [rankingOf(old), rankingOf(fresh)];
  const partial = part === undefined ? undefined : ruledTable(part, data).points();
  return {
    samples: data.rows,
    records: new Set(groups).size,
    positives: labels.reduce((sum, label) => sum + label, 0),
    present: qualityOf(oldRanking, labels, weights, SHARES),
    next: qualityOf(freshRanking, labels, weights, SHARES),
    gain: gainOf(oldRanking, freshRanking, { labels, weights, groups }),
    agreement: agreementOf(old, fresh),
    chances: chancesOfHistory({ points: fresh, labels, weights }),
    formula: partial === undefined ? null : { ...agreementOf(fresh, partial), auc: qualityOf(rankingOf(partial), labels, weights, []).auc },
    rules: recordsOf(next, after, history),
    movers: moversOf({ before, after, old, fresh }, history),
  };
}

function recordsOf({ rules }: RuleSet, table: RuledTable, { data, labels, weights }: History): RuleRecord[] {
  const sums = new Map(rules.map(({ id }) => [id, { rows: 0, weight: 0, good: 0, points: 0 }]));
  let all = 0;
  let positives = 0;
  for (let row = 0; row < data.rows; row++) {
    const weight = weights[row]!;
    all += weight;
    positives += weight * labels[row]!;
    for (const { rule, points } of table.contributions(row)) {
      const sum = sums.get(rule)!;
      sum.rows += 1;
      sum.weight += weight;
      sum.good += weight * labels[row]!;
      sum.points += weight * points;
    }
  }
  return rules.map(({ id, theme }) => {
    const { rows, weight, good, points } = sums.get(id)!;
    return { rule: id, theme, share: weight / all, lift: rows < FEWEST ? NaN : good / weight / (positives / all), points: weight === 0 ? 0 : points / weight };
  });
}

interface Moving {
  before: RuledTable;
  after: RuledTable;
  old: Float64Array;
  fresh: Float64Array;
}

/** The records that moved most, of each its newest sample; equal moves in the order of the rows. */
function moversOf({ before, after, old, fresh }: Moving, { data, times, subjects, groups }: History): Comparison['movers'] {
  const newest = new Map<number, number>();
  for (let row = 0; row < data.rows; row++) {
    const known = newest.get(groups[row]!);
    if (known === undefined || times[row]! >= times[known]!) newest.set(groups[row]!, row);
  }
  const [from, to] = [midranks(old), midranks(fresh)];
  const moves = [...newest.values()].map((row) => ({ row, by: from[row]! - to[row]! })).filter(({ by }) => by !== 0);
  const mover = ({ row }: { row: number }): Mover => ({
    subject: subjects[row]!,
    time: times[row]!,
    from: from[row]! / data.rows,
    to: to[row]! / data.rows,
    before: old[row]!,
    after: fresh[row]!,
    rules: changesOf(before, after, row),
  });
  return {
    up: moves.filter(({ by }) => by > 0).toSorted((a, b) => b.by - a.by || a.row - b.row).slice(0, MOVERS).map(mover),
    down: moves.filter(({ by }) => by < 0).toSorted((a, b) => a.by - b.by || a.row - b.row).slice(0, MOVERS).map(mover),
  };
}

function changesOf(before: RuledTable, after: RuledTable, row: number): Mover['rules'] {
  const changes = new Map<string, number>();
  for (const { rule, points } of after.contributions(row)) changes.set(rule, points);
  for (const { rule, points } of before.contributions(row)) changes.set(rule, (changes.get(rule) ?? 0) - points);
  return [...changes].filter(([, points]) => points !== 0).map(([rule, points]) => ({ rule, points }));
}
