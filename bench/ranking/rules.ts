/**
 * The points rules that come with leadrank: how fast they are evaluated, and how well they and their formula in the org rank
 * leads of the simulated world: `node bench/ranking/rules.ts [LEADS_A_DAY] [SEEDS] [RULES.yaml]`. Rates are records a second of
 * processor time on one core, medians of eleven rounds; `plain` looks every column up by its name for every condition.
 */
import { readFileSync } from 'node:fs';
import { DAY } from '../../src/base/index.ts';
import { createGate, isRejection, memoryIdentities, type Event } from '../../src/events/index.ts';
import { LEAD_FEATURES } from '../../src/features/index.ts';
import { sampleLog, type Samples } from '../../src/lifecycle/index.ts';
import { memoryLog } from '../../src/log/index.ts';
import { compareRules, compileFormula, DEFAULT_RULES, evaluate, holds, parseRules, pointsOf, proveFormula, readRules, type RuleSet } from '../../src/rules/index.ts';
import { testsOf } from '../../src/rules/condition.ts';
import { loadWorld, world } from '../../src/sandbox/index.ts';
import type { Value } from '../../src/trees/index.ts';

const [leadsPerDay = '20', seeds = '3', path] = process.argv.slice(2);
const DAYS = 150;
const START = Date.UTC(2026, 0, 5);
const SOURCES = { scopes: ['crm', 'web', 'email', 'telephony', 'marketing', 'erp', 'product'] } as const;
const NAMES = LEAD_FEATURES.map(({ name }) => name);
const present = parseRules(DEFAULT_RULES, NAMES);
const next = path === undefined ? present : readRules(readFileSync(path, 'utf8'), { features: LEAD_FEATURES, name: path }).rules;

const formula = compileFormula(next, { features: LEAD_FEATURES, settings: { fields: {}, leaveOut: [] }, object: null });
print({ formula: { rules: `${formula.part.rules.length} of ${next.rules.length}`, characters: formula.characters, compiled: formula.compiled, equal: proveFormula(formula, { features: LEAD_FEATURES }) } });

let first: Samples | undefined;
for (const name of ['default', 'no-effect', 'harmful-actions']) {
  for (let seed = 1; seed <= (name === 'default' ? Number(seeds) : 1); seed++) {
    const samples = await samplesOf(name, seed);
    first ??= samples;
    const { present: now, next: then, agreement, formula: org } = compareRules({ present, next, part: formula.part }, samples);
    const lift = ({ tops }: typeof now): number => round(tops.find(({ share }) => share === 0.1)!.lift);
    print({
      world: name, seed, samples: samples.labels.length,
      auc: round(now.auc), lift: lift(now),
      ...(path !== undefined && { next: { auc: round(then.auc), lift: lift(then), kendall: round(agreement.kendall) } }),
      formula: { auc: round(org!.auc), kendall: round(org!.kendall), spearman: round(org!.spearman) },
    });
  }
}
print({ recordsASecond: speeds(first!) });

/** What a cell knows of the leads of a world, at the ages at which models are trained. */
async function samplesOf(name: string, seed: number): Promise<Samples> {
  const until = START + DAYS * DAY;
  const clock = (): number => until;
  const gate = createGate({ identities: memoryIdentities(), clock });
  const log = memoryLog({ clock });
  let batch: Event[] = [];
  const flush = async (): Promise<void> => {
    await log.append(batch, { knownAt: ({ time }) => time });
    batch = [];
  };
  for (const { raw } of world({ seed, start: START, leadsPerDay: Number(leadsPerDay), params: loadWorld(name) }).events(START, until)) {
    const event = gate.parse(raw, SOURCES);
    if (!isRejection(event) && batch.push(event) === 5_000) await flush();
  }
  await flush();
  return sampleLog({ log, features: LEAD_FEATURES, plan: { until }, threads: 0 });
}

function speeds({ data }: Samples): Record<string, number> {
  const rows = Math.min(data.rows, 20_000);
  const vectors = Array.from({ length: rows }, (_, row): Value[] =>
    data.columns.map((column) => (column.kind === 'numeric' ? column.values[row]! : (column.levels[column.codes[row]!] ?? null))));
  const rate = (work: (vector: Value[]) => unknown): number => {
    const rounds = Array.from({ length: 11 }, () => {
      const begin = process.cpuUsage();
      for (const vector of vectors) work(vector);
      const { user, system } = process.cpuUsage(begin);
      return (rows / (user + system)) * 1e6;
    });
    return Math.round(rounds.toSorted((a, b) => a - b)[5]! / 1_000) * 1_000;
  };
  return {
    points: rate((vector) => pointsOf(next, NAMES, vector)),
    evaluate: rate((vector) => evaluate(next, NAMES, vector)),
    plain: rate((vector) => plain(next, vector)),
  };
}

/** The points of rules that are tests joined by `all`, without binding them to columns. */
function plain({ base, caps, rules }: RuleSet, vector: readonly Value[]): number {
  const spent = new Map<string, number>();
  let sum = base;
  for (const { theme, points, when } of rules) {
    if (!when.flatMap(testsOf).every((test) => holds(test, vector[NAMES.indexOf(test.feature)] ?? null))) continue;
    const before = spent.get(theme) ?? 0;
    const cap = caps[theme] ?? Infinity;
    const after = Math.min(cap, Math.max(-cap, before + points));
    spent.set(theme, after);
    sum += after - before;
  }
  return sum;
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
